/**
 * Sampling with a network: the same steps as math/sample.ts (the same numbers a, b, c; the same order of noise), on
 * tensors. x_s = a·x_t + b·prediction + c·z.
 */
import {
  add,
  clipByValue,
  concat,
  keep,
  mul,
  slice,
  sub,
  type Tensor4D,
  tensor4d,
  tidy,
} from '@tensorflow/tfjs-core';
import { type DiffusionConfig, scheduleOf } from '../checkpoint/config.ts';
import { type BugName, networkTime, samplerStepWithBug } from '../math/bugs.ts';
import { conversion } from '../math/parameterization.ts';
import { createRng, type Rng } from '../math/rng.ts';
import { type SamplerStep, samplerStep, timesteps } from '../math/samplerSteps.ts';
import type { Schedule } from '../math/schedule.ts';
import type { Network } from './network.ts';
import type { SampleOptions } from './options.ts';
import type { Params } from './params.ts';

/** A network with weights, and the diffusion it was trained for. */
export interface Model {
  network: Network;
  params: Params;
  diffusion: DiffusionConfig;
  bug?: BugName;
}

/** One step taken. The tensors live until the next step is asked for. */
export interface SampleStep {
  t: number;
  s: number;
  /** 1…total. */
  index: number;
  total: number;
  x: Tensor4D;
  x0: Tensor4D;
}

/** One stream for each image: image i is the same whatever the count. It gives x_T first, then the z of each step. */
export function sampleStreams(seed: number, count: number): Rng[] {
  const root = createRng(seed).fork('sample');
  return Array.from({ length: count }, (_, i) => root.fork(i));
}

/** N(0, I) for all images of a batch, of `size` numbers each. */
function noise(streams: Rng[], size: number): Float32Array<ArrayBuffer> {
  const values = new Float32Array(streams.length * size);
  streams.forEach((rng, i) => {
    rng.fillNormal(values.subarray(i * size, (i + 1) * size));
  });
  return values;
}

/** Classifier-free guidance (Ho & Salimans 2022): uncond + g·(cond − uncond), both halves in one batch. */
export function guidedPrediction(
  { network, params, diffusion, bug }: Model,
  x: Tensor4D,
  t: number,
  labels: number[] | undefined,
  guidanceScale: number,
): Tensor4D {
  const count = x.shape[0];
  const times = (n: number) => networkTime(new Float64Array(n).fill(t), bug);
  const { classes } = network.config;
  const T = diffusion.T;
  if (classes === 0 || !labels || guidanceScale === 1)
    return network.forward(params, x, { t: times(count), T, labels });
  return tidy(() => {
    const both = network.forward(params, concat([x, x], 0), {
      t: times(2 * count),
      T,
      labels: [...labels, ...new Array<number>(count).fill(classes)],
    });
    const tail = x.shape.slice(1) as [number, number, number];
    const conditional = slice(both, [0, 0, 0, 0], [count, ...tail]);
    const free = slice(both, [count, 0, 0, 0], [count, ...tail]);
    return add(free, mul(sub(conditional, free), guidanceScale)) as Tensor4D;
  });
}

function stepNumbers(
  schedule: Schedule,
  t: number,
  s: number,
  prediction: 'epsilon' | 'x0' | 'v',
  options: SampleOptions,
  bug?: BugName,
): SamplerStep {
  const { sampler, variance } = options;
  const right = (from: number, to: number, eta = options.eta) =>
    samplerStep(schedule, from, to, { sampler, prediction, variance, eta });
  return samplerStepWithBug(schedule, t, s, options.sampler, right, bug);
}

// #region sample
/** Draws images from noise, yielding after every step. Stop by leaving the loop; all tensors are freed. */
export function* sample(
  model: Model,
  options: SampleOptions,
  streams = sampleStreams(options.seed, options.count),
): Generator<SampleStep> {
  const { network, diffusion } = model;
  const schedule = scheduleOf(diffusion);
  const times = timesteps(schedule.T, options.steps);
  const shape: [number, number, number, number] = [options.count, ...network.imageShape];
  const size = shape[1] * shape[2] * shape[3];
  const { prediction, T } = diffusion;
  const { labels, clip, guidanceScale = 1 } = options;
  let x = keep(tensor4d(noise(streams, size), shape));
  let x0: Tensor4D | undefined;
  try {
    for (let i = 0; i + 1 < times.length; i++) {
      const [t, s] = [times[i], times[i + 1]];
      const toX0 = conversion(prediction, 'x0', t, schedule);
      // Without clipping the raw prediction is used: converting there and back would round twice.
      const step = stepNumbers(schedule, t, s, clip ? 'x0' : prediction, options, model.bug);
      const z = step.c === 0 ? null : { streams, draw: () => noise(streams, size) };
      const [next, estimate] = tidy(() => {
        if (network.sampleStep) {
          const told = { t: networkTime([t], model.bug)[0], T, labels, guidanceScale };
          return network.sampleStep(x, { ...told, toX0, clip, step, noise: z });
        }
        const output = guidedPrediction(model, x, t, labels, guidanceScale);
        const raw = add(mul(x, toX0.xt), mul(output, toX0.prediction));
        const mean = clip ? clipByValue(raw, -1, 1) : raw;
        const moved = add(mul(x, step.a), mul(clip ? mean : output, step.b));
        return [z ? add(moved, mul(tensor4d(z.draw(), shape), step.c)) : moved, mean];
      }) as [Tensor4D, Tensor4D];
      x.dispose();
      x0?.dispose();
      x = keep(next);
      x0 = keep(estimate);
      yield { t, s, index: i + 1, total: options.steps, x, x0 };
    }
  } finally {
    x.dispose();
    x0?.dispose();
  }
}
// #endregion
