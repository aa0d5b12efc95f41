/** The instructions of kernels/src/program.c, in the order of its enum, and lists of them. */

export const NAMES = [
  'END',
  'LOAD_X',
  'CONV3',
  'CONV1',
  'NORM',
  'POOL',
  'SPREAD',
  'GATHER',
  'DENSE',
  'SILU',
  'FEATURES',
  'CLASS',
  'LOSS',
  'STORE_Y',
  'CONV3_BACK',
  'BIAS_BACK',
  'CONV1_BACK',
  'NORM_BACK',
  'CLEAR',
  'DENSE_BACK',
  'SILU_BACK',
  'CLASS_BACK',
  'ADD_TO',
  'PACK3',
  'PACK',
  'PACK_VECTOR',
  'UNPACK3',
  'UNPACK',
  'UNPACK_VECTOR',
  'SQUARES',
  'ADAM',
] as const;

export type Instruction = (typeof NAMES)[number];

/** One list of commands, ended by END. */
export type Commands = number[];

export function emit(commands: Commands, name: Instruction, ...operands: number[]): void {
  commands.push(NAMES.indexOf(name), ...operands);
}
