/** What the parts of a recorded step share: its calls in order, its memory, and where gradients are collected. */
import type { UNetConfig } from '../../../checkpoint/config.ts';
import { type ConvShape, convolution } from './convolution.ts';
import { filterGradient, filterParts, type Parts } from './filterGradient.ts';
import type { FlatLayout, GradientParts } from './flatWeights.ts';
import { type NormShape, normBackward, normForward } from './normalisation.ts';
import type { Call, Slice } from './shader.ts';

/** Images [batch, h, w, c] on the device. */
export interface Images {
  h: number;
  w: number;
  c: number;
  data: Slice;
}

/** Statistics of a normalisation, and what it read and wrote: its backward pass needs them. */
export interface Normed {
  x: Images;
  y: Images;
  stats: Slice;
  shape: NormShape;
}

export const EPSILON = 1e-5;

/** Whether our shaders can run all layers of a UNet: vectors of four channels, and at most 16 channels in a group. */
export function fitsRecording({ base, multipliers, groups }: UNetConfig): boolean {
  const widest = 2 * base * Math.max(...multipliers);
  return base % 4 === 0 && widest / Math.min(groups, base) <= 16;
}

/** `given`: weights that live elsewhere, for a forward pass alone; left out: a training step with weights of its own. */
export function createRecording(
  device: GPUDevice,
  config: UNetConfig,
  layout: FlatLayout,
  batch: number,
  given?: GPUBuffer,
) {
  const calls: Call[] = [];
  const buffers: GPUBuffer[] = [];
  const free = new Map<number, Slice[]>();
  const gradients = new Map<string, GradientParts>();
  let partFloats = 0;

  function buffer(floats: number): GPUBuffer {
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    const made = device.createBuffer({ size: Math.ceil(floats / 4) * 16, usage });
    buffers.push(made);
    return made;
  }

  // The parts are bound before their total length is known: calls name this slice, the buffer is put in at the end.
  const parts = {} as Slice;
  const weights = given ?? buffer(layout.floats);
  const param = (name: string) => layout.slice(weights, name);
  const takeParts = (floats: number) => {
    const at = partFloats;
    partFloats += Math.ceil(floats / 64) * 64;
    return at;
  };

  const recording = {
    config,
    layout,
    batch,
    calls,
    buffers,
    gradients,
    parts,
    weights,
    buffer,
    param,
    takeParts,

    /** Images whose memory may be handed back with `release` once the last call that reads them has been recorded. */
    images(h: number, w: number, c: number): Images {
      const floats = batch * h * w * c;
      return { h, w, c, data: free.get(floats)?.pop() ?? { buffer: buffer(floats) } };
    },
    like: ({ h, w }: Images, c: number) => recording.images(h, w, c),
    release({ h, w, c, data }: Images): void {
      const floats = batch * h * w * c;
      free.set(floats, [...(free.get(floats) ?? []), data]);
    },
    /** Releases what only a backward pass would read again. */
    forget(images: Images): void {
      if (given) recording.release(images);
    },

    /** y = conv(x) + bias + …; the name is that of the layer. */
    conv(
      name: string,
      x: Images,
      co: number,
      k: 1 | 3,
      extras: { timeBias?: Slice & { first: number; stride: number }; residual?: Images } = {},
    ): Images {
      const y = recording.like(x, co);
      const { timeBias, residual } = extras;
      calls.push(
        convolution(shapeOf(x, co, k), {
          x: x.data,
          w: param(`${name}.weight`),
          bias: param(`${name}.bias`),
          timeBias,
          residual: residual?.data,
          y: y.data,
        }),
      );
      return y;
    },

    /** Gradients of weight and bias; the answer says where the parts of db are, image by image. */
    convFilter(name: string, x: Images, dy: Images, k: 1 | 3): Parts & { at: number } {
      const shape = shapeOf(x, dy.c, k);
      const plan = filterParts(shape);
      const at = takeParts(plan.count * plan.floats);
      const { floats: stride, count } = plan;
      gradients.set(`${name}.weight`, { at, stride, count });
      gradients.set(`${name}.bias`, { at: at + stride - dy.c, stride, count });
      calls.push(filterGradient(shape, { x: x.data, dy: dy.data, parts }, at));
      return { ...plan, at };
    },

    /** dx of a convolution whose input has ci channels, plus `residual`. */
    convInput(name: string, dy: Images, ci: number, k: 1 | 3, residual?: Images): Images {
      const dx = recording.like(dy, ci);
      const w = param(`${name}.weight`);
      const call = { x: dy.data, w, y: dx.data, residual: residual?.data };
      calls.push(convolution(shapeOf(dy, ci, k), call, true));
      return dx;
    },

    norm(name: string, x: Images): Normed {
      const y = recording.like(x, x.c);
      const groups = Math.min(config.groups, x.c);
      const shape = { batch, pixels: x.h * x.w, channels: x.c, groups };
      const stats = { buffer: buffer(2 * batch * groups) };
      const [gamma, beta] = [param(`${name}.gamma`), param(`${name}.beta`)];
      calls.push(normForward(shape, { x: x.data, gamma, beta, y: y.data, stats }, EPSILON));
      return { x, y, stats, shape };
    },

    normBack(name: string, { x, stats, shape }: Normed, dy: Images, residual?: Images): Images {
      const dx = recording.like(x, x.c);
      const at = takeParts(batch * 2 * x.c);
      const spread = { stride: 2 * x.c, count: batch };
      gradients.set(`${name}.gamma`, { at, ...spread });
      gradients.set(`${name}.beta`, { at: at + x.c, ...spread });
      const [gamma, beta] = [param(`${name}.gamma`), param(`${name}.beta`)];
      const call = { x: x.data, gamma, beta, stats, dy: dy.data, residual: residual?.data };
      calls.push(normBackward(shape, { ...call, dx: dx.data, parts }, at));
      return dx;
    },

    /** Makes the parts buffer: call it when everything has been recorded. */
    finish(): void {
      parts.buffer = buffer(partFloats);
    },
    partFloats: () => partFloats,
  };
  return recording;

  function shapeOf({ h, w, c }: Images, co: number, k: 1 | 3): ConvShape {
    return { batch, h, w, ci: c, co, k };
  }
}

export type Recording = ReturnType<typeof createRecording>;
