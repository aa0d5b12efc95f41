/**
 * The compiled kernels (sources: kernels/src/*.c) as TypeScript sees them. They run in memory that they are given and
 * have no data of their own; a stack and scratch space are regions of that memory, allocated by the caller.
 * Pointers are byte addresses; pitch, stride and counts are in floats.
 */

export type KernelName =
  | 'conv3_scratch'
  | 'conv3_forward'
  | 'conv3_backward'
  | 'up3_forward'
  | 'up3_backward'
  | 'one_forward'
  | 'one_sum'
  | 'one_filter'
  | 'conv1_forward'
  | 'conv1_backward'
  | 'bias_backward'
  | 'norm_forward'
  | 'norm_backward'
  | 'silu_forward'
  | 'silu_backward'
  | 'squared_error'
  | 'cross_entropy'
  | 'attention_scratch'
  | 'attention_forward'
  | 'attention_backward'
  | 'waves_forward'
  | 'waves_backward'
  | 'sum_squares'
  | 'adam'
  | 'pool_forward'
  | 'spread'
  | 'gather'
  | 'copy_channels'
  | 'pack_matrix'
  | 'pack_conv3'
  | 'pack_up3'
  | 'unpack_matrix'
  | 'unpack_vector'
  | 'unpack_conv3'
  | 'unpack_up3'
  | 'publish_job'
  | 'run_job'
  | 'serve';

export type KernelExports = Record<KernelName, (...args: number[]) => number> & {
  __stack_pointer: WebAssembly.Global;
};

export const STACK_BYTES = 65536;

/** Widest layer that the normalisation kernels take (their per-channel sums live on the stack). */
export const MAX_CHANNELS = 1024;

/** Images of one convolution are handled in chunks of about this many 2×2 tiles (measured: 28 to 112 are alike). */
export const TILES = 28;

export const roundUp4 = (n: number) => (n + 3) & ~3;

/** Floats of the results of pack_conv3, pack_up3 and pack_matrix; see filter_plane in kernels/src/fn.h. */
export const matrixFloats = (ci: number, co: number) => roundUp4(ci) * roundUp4(co);
export const conv3Floats = (ci: number, co: number) => 24 * (matrixFloats(ci, co) + 16);
export const up3Floats = (ci: number, co: number) => 9 * (matrixFloats(ci, co) + 16);

/** Floats of scratch for attention heads of d channels; the same as attention_scratch in kernels/src/attention.c. */
export const attentionScratch = (pixels: number, d: number) =>
  roundUp4(pixels) * (5 * roundUp4(d) + 2 * roundUp4(pixels));

/** `stackTop`: end of a region of STACK_BYTES that nobody else uses. */
export function bindKernels(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  stackTop: number,
): KernelExports {
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  const exports = instance.exports as unknown as KernelExports;
  exports.__stack_pointer.value = stackTop;
  return exports;
}

/** (module (func (drop (f32x4.relaxed_madd 0 0 0)))): valid where relaxed SIMD is. */
const RELAXED_PROBE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 20, 1, 18, 0, 65, 0, 253, 15, 65,
  0, 253, 15, 65, 0, 253, 15, 253, 133, 2, 26, 11,
]);

export const relaxedSimd = () => WebAssembly.validate(RELAXED_PROBE);
