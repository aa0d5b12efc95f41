/** The instructions of kernels/src/program.c, in the order of its enum, with their numbers of operands. */

export const OPERANDS = {
  END: 0,
  LOAD_X: 4,
  CONV3: 18,
  CONV1: 11,
  NORM: 30,
  POOL: 9,
  SPREAD: 11,
  GATHER: 9,
  DENSE: 6,
  SILU: 3,
  FEATURES: 2,
  CLASS: 3,
  LOSS: 8,
  STORE_Y: 4,
  CONV3_BACK: 19,
  BIAS_BACK: 8,
  CONV1_BACK: 15,
  NORM_BACK: 33,
  CLEAR: 2,
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
