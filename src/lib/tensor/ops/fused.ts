/**
 * Where our kernels plug in. An op first asks `runFused`; with no kernel for this backend, an unusual shape, or
 * kernels switched to 'stock', the answer is null and the op uses stock TensorFlow.js ops. Both ways give the same numbers.
 *
 * Kernels (NHWC float32; every output is a new tensor):
 * - FN_Conv2D            {x, w, [bias], [timeBias], [residual]}  → y            w is [k,k,Cin,Cout], k = 1 | 3, stride 1, zero padding;
 *                        y = conv(x, w) + bias[Cout] + timeBias[B,Cout] + residual[B,H,W,Cout]
 * - FN_Conv2DBackInput   {dy, w}                                → dx
 * - FN_Conv2DBackFilter  {x, dy}, {kernelSize}                  → [dw, db]      db[Cout] = Σ_{b,h,w} dy
 * - FN_SumSpatial        {dy}                                   → [B,C]         Σ_{h,w}: the gradient of timeBias
 * - FN_GroupNormSilu     {x, gamma, beta}, {groups, epsilon}    → [y, mean, rstd]   statistics [B,groups]
 * - FN_GroupNormSiluGrad {x, gamma, beta, mean, rstd, dy}, {groups} → [dx, dgamma, dbeta]
 * - FN_AvgPool2 {x} → y, FN_AvgPool2Grad {dy} → dx              2×2 mean, stride 2, even H and W
 * - FN_ConcatChannels {a, b} → y, FN_ConcatChannelsGrad {dy}, {channels} → [da, db]   channels = those of a
 * - FN_Upsample2Concat {x, skip} → y, FN_Upsample2ConcatGrad {dy}, {channels} → [dx, dskip]   x ×2 nearest, then concat
 * - FN_Dense {x, w, [bias]} → y, FN_DenseGrad {x, w, dy} → [dx, dw, db]    x [B,in], w [in,out]
 * - FN_Silu {x} → y, FN_SiluGrad {x, dy} → dx
 * - FN_WeightedMse {prediction, target, weights} → [loss (scalar), perSample [B]];
 *   FN_WeightedMseGrad {prediction, target, weights} → dPrediction
 *
 * kernels/<backend>/index.ts exports `register(): Promise<string> | string`: it registers everything and returns a few words
 * for the reader, e.g. 'ours (SIMD, 2 threads)'; kernelLoader.ts calls it after the backend has started.
 * The optimiser is plugged in as a whole (see ../optimizer.ts): `registerOptimizer(backend, factory)`.
 */
import {
  engine,
  getBackend,
  getKernel,
  type KernelConfig,
  type NamedAttrMap,
  type NamedTensorMap,
  registerKernel,
  type Tensor,
} from '@tensorflow/tfjs-core';
import type { KernelChoice } from '../options.ts';

/** Says whether a kernel can take these inputs. */
export type Supports = (inputs: NamedTensorMap, attrs: NamedAttrMap) => boolean;

const supported = new Map<string, Supports>();
const state: { choice: KernelChoice } = { choice: 'ours' };

export function setKernels(choice: KernelChoice): void {
  state.choice = choice;
}

export function kernelChoice(): KernelChoice {
  return state.choice;
}

/** Registers one of the kernels above for a backend; once per page (a second call replaces nothing). */
export function registerFused(
  name: `FN_${string}`,
  backendName: string,
  kernelFunc: KernelConfig['kernelFunc'],
  supports: Supports = () => true,
): void {
  if (getKernel(name, backendName)) return;
  registerKernel({ kernelName: name, backendName, kernelFunc });
  supported.set(`${backendName}/${name}`, supports);
}

/** True where kernels of ours are registered for the present backend and switched on. */
export function hasFused(name: `FN_${string}` = 'FN_Conv2D'): boolean {
  return state.choice === 'ours' && supported.has(`${getBackend()}/${name}`);
}

/** The kernel's outputs, or null when the op has to use stock ops. */
export function runFused(
  name: `FN_${string}`,
  inputs: NamedTensorMap,
  attrs: NamedAttrMap = {},
): Tensor[] | null {
  if (state.choice !== 'ours') return null;
  const supports = supported.get(`${getBackend()}/${name}`);
  if (!supports?.(inputs, attrs)) return null;
  const result = engine().runKernel(name, inputs, attrs) as Tensor | Tensor[];
  return Array.isArray(result) ? result : [result];
}
