/** The kernels of ops/fused.ts, each as one or two calls on TensorFlow.js tensors. */
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { type ConvShape, convolution } from './convolution.ts';
import type { Device } from './device.ts';
import { filterGradient, filterParts } from './filterGradient.ts';
import { MOST_PER_GROUP, normBackward, normForward } from './normalisation.ts';
import { sumParts } from './sumParts.ts';

type Inputs = Record<string, TensorInfo>;
const sizeOf = (shape: number[]) => shape.reduce((a, b) => a * b, 1);

/** Indices are 32-bit integers of bytes in some drivers; beyond this stock ops run. */
const MOST = 2 ** 29;

export function supportsConvolution({ x, w, dy }: Inputs, kernelSize?: number): boolean {
  const size = w ? w.shape[0] : kernelSize;
  return (
    (size === 1 || size === 3) &&
    (!w || w.shape[1] === size) &&
    [x, w, dy].every(
      (t) =>
        !t ||
        (t.dtype === 'float32' &&
          t.shape.length === 4 &&
          sizeOf(t.shape) > 0 &&
          sizeOf(t.shape) < MOST),
    )
  );
}

export function supportsNorm({ x }: Inputs, groups: number): boolean {
  const channels = x.shape[3];
  return (
    x.dtype === 'float32' &&
    x.shape.length === 4 &&
    sizeOf(x.shape) > 0 &&
    sizeOf(x.shape) < MOST &&
    channels % groups === 0 &&
    channels / groups <= MOST_PER_GROUP
  );
}

function shapeOf(image: TensorInfo, ci: number, co: number, k: number): ConvShape {
  const [batch, h, w] = image.shape;
  return { batch, h, w, ci, co, k: k as 1 | 3 };
}

export function convForward(device: Device, inputs: Inputs): TensorInfo {
  const { x, w } = inputs;
  const [k, , ci, co] = w.shape;
  const y = device.output([...x.shape.slice(0, 3), co]);
  const all = Object.entries({ ...inputs, y }).map(([name, t]) => [name, device.slice(t)]);
  device.run(convolution(shapeOf(x, ci, co, k), Object.fromEntries(all)));
  return y;
}

export function convBackInput(device: Device, { dy, w }: Inputs): TensorInfo {
  const [k, , ci, co] = w.shape;
  const dx = device.output([...dy.shape.slice(0, 3), ci]);
  const buffers = { x: device.slice(dy), w: device.slice(w), y: device.slice(dx) };
  device.run(convolution(shapeOf(dy, co, ci, k), buffers, true));
  return dx;
}

export function convBackFilter(device: Device, { x, dy }: Inputs, k: number): TensorInfo[] {
  const [ci, co] = [x.shape[3], dy.shape[3]];
  const shape = shapeOf(x, ci, co, k);
  const { count, floats } = filterParts(shape);
  const [dw, db] = [device.output([k, k, ci, co]), device.output([co])];
  const parts = device.output([count, floats]);
  const slice = device.slice(parts);
  const whole = { count, stride: floats };
  device.run(
    filterGradient(shape, { x: device.slice(x), dy: device.slice(dy), parts: slice }),
    sumParts(slice, device.slice(dw), { ...whole, floats: floats - co }),
    sumParts(slice, device.slice(db), { ...whole, floats: co, first: floats - co }),
  );
  device.free(parts);
  return [dw, db];
}

/** Σ_{h,w} dy, [B, C]. */
export function sumSpatial(device: Device, { dy }: Inputs): TensorInfo {
  const [batch, h, w, channels] = dy.shape;
  const y = device.output([batch, channels]);
  const size = { outer: batch, count: h * w, floats: channels };
  device.run(sumParts(device.slice(dy), device.slice(y), size));
  return y;
}

function normShape(x: TensorInfo, groups: number) {
  const [batch, h, w, channels] = x.shape;
  return { batch, pixels: h * w, channels, groups };
}

/** [y, statistics, placeholder]: mean and rstd lie side by side in the second output, [B, groups, 2]. */
export function groupNormSilu(
  device: Device,
  { x, gamma, beta }: Inputs,
  groups: number,
  epsilon: number,
): TensorInfo[] {
  const y = device.output(x.shape);
  const stats = device.output([x.shape[0], groups, 2]);
  const [from, g, b, to, s] = [x, gamma, beta, y, stats].map(device.slice);
  const buffers = { x: from, gamma: g, beta: b, y: to, stats: s };
  device.run(normForward(normShape(x, groups), buffers, epsilon));
  return [y, stats, device.output([1])];
}

export function groupNormSiluGrad(device: Device, inputs: Inputs, groups: number): TensorInfo[] {
  const { x, gamma, beta, mean, dy } = inputs;
  const [batch, , , channels] = x.shape;
  const outputs = [device.output(x.shape), device.output([channels]), device.output([channels])];
  const parts = device.output([batch, 2, channels]);
  const [dx, dGamma, dBeta] = outputs.map(device.slice);
  const [from, g, b, stats, dOut, sums] = [x, gamma, beta, mean, dy, parts].map(device.slice);
  const buffers = { x: from, gamma: g, beta: b, stats, dy: dOut, dx, parts: sums };
  const whole = { count: batch, floats: channels, stride: 2 * channels };
  device.run(
    normBackward(normShape(x, groups), buffers),
    sumParts(sums, dGamma, whole),
    sumParts(sums, dBeta, { ...whole, first: channels }),
  );
  device.free(parts);
  return outputs;
}
