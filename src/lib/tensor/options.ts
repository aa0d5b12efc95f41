/** Names of what computes, as plain data (no TensorFlow.js here: pages import them). */
export const BACKENDS = ['webgpu', 'webgl', 'wasm', 'cpu'] as const;
export type BackendName = (typeof BACKENDS)[number];
/** What may be asked for: one of them, or the best that is there. */
export const BACKEND_CHOICES = ['auto', ...BACKENDS] as const;
export const KERNEL_CHOICES = ['ours', 'stock'] as const;
export type KernelChoice = (typeof KERNEL_CHOICES)[number];

/** Weights of a run: their moving average, or as the last step left them. */
export const WEIGHT_SETS = ['ema', 'raw'] as const;
export type WeightSet = (typeof WEIGHT_SETS)[number];

/** Which backend runs, and why this one. */
export interface BackendInfo {
  name: BackendName;
  /** One sentence for the reader: why this backend was chosen. */
  reason: string;
  /** The adapter as the browser names it, '' where there is none. */
  adapter: string;
  /** True for SwiftShader, llvmpipe and other adapters that are not a GPU. */
  software: boolean;
  /** Threads that really run (wasm), else 1. */
  threads: number;
  simd: boolean;
  /** 'ours', 'stock', or 'stock (…why)'. */
  kernels: string;
}
