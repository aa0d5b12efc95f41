/** The instructions of kernels/src/program.c, in the order of its enum, with their numbers of operands. */

export const OPERANDS = {
  END: 0,
  CONV3: 18,
  CONV1: 11,
  NORM: 30,
  POOL: 9,
  SPREAD: 11,
  GATHER: 9,
  DENSE: 6,
  SILU: 3,
  CLASS: 3,
  LOSS: 8,
  CONV3_BACK: 19,
  BIAS_BACK: 8,
  CONV1_BACK: 15,
  NORM_BACK: 33,
  DENSE_BACK: 9,
  SILU_BACK: 4,
  CLASS_BACK: 4,
  ADD_TO: 8,
  PACK3: 6,
  PACK: 5,
  PACK_VECTOR: 4,
  UNPACK3: 6,
  UNPACK: 5,
  UNPACK_VECTOR: 4,
  SQUARES: 3,
  ADAM: 2,
  ONE: 13,
  ONE_FILTER: 12,
  UP3: 12,
  UP3_BACK: 16,
  PACK_UP3: 6,
  UNPACK_UP3: 6,
  ONE_SUM: 11,
  // Images are three operands (layout.ts); rows two: offset and stride. `region`: address of [images][pixels][channels].
  /** offset, pitch, pixels, channels, region: from the region, with zeros up to whole vectors. */
  LOAD: 5,
  /** The same: to the region. */
  STORE: 5,
  /** images from, images to, pixels, channels (any number), channels with zeros after them. */
  COPY: 9,
  /** row x, row y, n: y has 5n numbers. */
  WAVES: 5,
  /** row y (what WAVES gave), row dy, row dx, n, add. */
  WAVES_BACK: 8,
  /** images x (of 3c channels), images y, pixels, c, heads, scratch (attention_scratch). */
  ATTENTION: 10,
  /** images x, images dy, images dx, pixels, c, heads, add, scratch. */
  ATTENTION_BACK: 14,
  /** images p (one pixel), images d, n: labels from the plan, to its errors. */
  CROSS_ENTROPY: 7,
} as const;

export type Instruction = keyof typeof OPERANDS;

export const NAMES = Object.keys(OPERANDS) as Instruction[];

/** One list of commands, ended by END. */
export type Commands = number[];

export function emit(commands: Commands, name: Instruction, ...operands: number[]): void {
  if (operands.length !== OPERANDS[name] || !operands.every(Number.isInteger))
    throw new Error(`${name} takes ${OPERANDS[name]} whole numbers, not [${operands}]`);
  commands.push(NAMES.indexOf(name), ...operands);
}
