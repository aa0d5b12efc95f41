/** Our WebAssembly kernels, registered with TensorFlow.js. Nothing above the ops knows that they exist. */
import { backend, type TensorInfo } from '@tensorflow/tfjs-core';
import { registerFused } from '../../ops/fused.ts';
import { registerOptimizer } from '../../optimizer.ts';
import * as conv from './convolution.ts';
import { kernelModule } from './files.ts';
import { backendMemory, createHeap, isShared, type WasmBackend } from './heap.ts';
import * as norm from './normalisation.ts';
import { createWasmOptimizer } from './optimizer.ts';
import * as point from './pointwise.ts';
import * as resample from './resampling.ts';

type Inputs = Record<string, TensorInfo>;

/** Registers everything on the running wasm backend; the answer describes the kernels in a few words. */
export async function register(): Promise<string> {
  const wasm = backend() as unknown as WasmBackend;
  const { module, relaxed } = await kernelModule(isShared(backendMemory(wasm)));
  const heap = createHeap(wasm, module);

  const float = (...tensors: TensorInfo[]) =>
    tensors.every(({ dtype, shape }) => dtype === 'float32' && shape.every((s) => s > 0));
  type Kernel = (inputs: Inputs, attrs: Record<string, number>) => TensorInfo | TensorInfo[];
  type Supports = Parameters<typeof registerFused>[3];
  const add = (name: `FN_${string}`, kernel: Kernel, supports: Supports) =>
    registerFused(
      name,
      'wasm',
      ({ inputs, attrs }) => kernel(inputs as Inputs, (attrs ?? {}) as Record<string, number>),
      supports,
    );
  const all: Supports = (inputs) => float(...Object.values(inputs));
  const convolution: Supports = (inputs, attrs) =>
    all(inputs, {}) && conv.supportsConvolution(inputs, attrs.kernelSize as number | undefined);
  const vectors: Supports = (inputs) => resample.wholeVectors(...Object.values(inputs));
  const cut: Supports = ({ dy }, { channels }) =>
    resample.wholeVectors(dy) && (channels as number) % 4 === 0;

  add('FN_Conv2D', (inputs) => conv.convForward(heap, inputs), convolution);
  add('FN_Conv2DBackInput', (inputs) => conv.convInputGradient(heap, inputs), convolution);
  add(
    'FN_Conv2DBackFilter',
    (inputs, { kernelSize }) => conv.convFilterGradient(heap, inputs, kernelSize),
    convolution,
  );
  add(
    'FN_SumSpatial',
    (inputs) => conv.sumSpatial(heap, inputs),
    ({ dy }) => float(dy),
  );

  const normal: Supports = (inputs, { groups }) =>
    all(inputs, {}) && norm.supportsNorm(inputs, groups as number);
  add(
    'FN_GroupNormSilu',
    (inputs, { groups, epsilon }) => norm.normForward(heap, inputs, groups, epsilon),
    normal,
  );
  add(
    'FN_GroupNormSiluGrad',
    (inputs, { groups }) => norm.normBackward(heap, inputs, groups),
    normal,
  );

  add(
    'FN_AvgPool2',
    (inputs) => resample.poolForward(heap, inputs),
    ({ x }) => resample.wholeVectors(x) && resample.evenSides(x),
  );
  add('FN_AvgPool2Grad', (inputs) => resample.poolBackward(heap, inputs), vectors);
  add('FN_ConcatChannels', ({ a, b }) => resample.concatForward(heap, a, b, false), vectors);
  add(
    'FN_ConcatChannelsGrad',
    (inputs, { channels }) => resample.concatBackward(heap, inputs, channels, false),
    cut,
  );
  add('FN_Upsample2Concat', ({ x, skip }) => resample.concatForward(heap, x, skip, true), vectors);
  add(
    'FN_Upsample2ConcatGrad',
    (inputs, { channels }) => resample.concatBackward(heap, inputs, channels, true),
    cut,
  );

  add('FN_Dense', (inputs) => point.denseForward(heap, inputs), all);
  add('FN_DenseGrad', (inputs) => point.denseBackward(heap, inputs), all);
  add('FN_Silu', (inputs) => point.siluForward(heap, inputs), all);
  add('FN_SiluGrad', (inputs) => point.siluBackward(heap, inputs), all);
  add('FN_WeightedMse', (inputs) => point.mseForward(heap, inputs), all);
  add('FN_WeightedMseGrad', (inputs) => point.mseBackward(heap, inputs), all);
  registerOptimizer('wasm', createWasmOptimizer(heap));
  return relaxed ? 'ours (relaxed SIMD)' : 'ours (SIMD)';
}
