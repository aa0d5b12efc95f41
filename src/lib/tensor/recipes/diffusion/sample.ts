/**
 * Sampling with a network: the same programs as in math/samplers/sample.ts (the same weights, the same order of noise), on tensors.
 */
import {
  add,
  clipByValue,
  concat,
  exp,
  keep,
  mul,
  slice,
  sub,
  type Tensor4D,
  tensor4d,
  tidy,
  zeros,
  zerosLike,
} from '@tensorflow/tfjs-core';
import type { ProgramParts } from '../../../math/mistakes/parts.ts';
import { createRng, type Rng } from '../../../math/numerics/rng.ts';
import type { Conversion } from '../../../math/process/parameterization.ts';
import {
  addsNoise,
  readingOf,
  registerCount,
  type Weights,
  type WidthRange,
  weightsOf,
} from '../../../math/samplers/program.ts';
import type { Network, SampleNoise } from '../../network.ts';
import type { Params } from '../../params.ts';
import type { DiffusionConfig } from './config.ts';
import type { SampleOptions } from './options.ts';
import { drawingProgram } from './program.ts';

/** A network with weights, the diffusion it was trained for, and the program that it is part of, where that is not the right one. */
export interface Model {
  network: Network;
  params: Params;
  diffusion: DiffusionConfig;
  parts?: ProgramParts;
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

/** The time that the network is told, in units of which `T` make its whole range. */
interface Told {
  t: number;
  T: number;
}

/** Classifier-free guidance (Ho & Salimans 2022): uncond + g·(cond − uncond), both halves in one batch. */
export function guidedPrediction(
  { network, params }: Model,
  x: Tensor4D,
  { t, T }: Told,
  labels: number[] | undefined,
  guidanceScale: number,
): Tensor4D {
  const count = x.shape[0];
  const times = (n: number) => new Float64Array(n).fill(t);
  const { classes } = network.config;
  if (classes === 0 || !labels || guidanceScale === 1)
    return network.forward(params, x, { t: times(count), T, labels });
  return tidy(() => {
    const both = network.forward(params, concat([x, x], 0), {
      t: times(2 * count),
      T,
      labels: [...labels, ...new Array<number>(count).fill(classes)],
    });
    const tail = both.shape.slice(1) as [number, number, number];
    const conditional = slice(both, [0, 0, 0, 0], [count, ...tail]);
    const free = slice(both, [count, 0, 0, 0], [count, ...tail]);
    return add(free, mul(sub(conditional, free), guidanceScale)) as Tensor4D;
  });
}

/** Σ weights·registers + answer + z, of what has a weight. */
function combine(
  { registers: weights, answer: ofAnswer, z: ofNoise }: Weights,
  registers: readonly Tensor4D[],
  answer: Tensor4D | null,
  z: Tensor4D | null,
): Tensor4D {
  const terms: [Tensor4D | null, number][] = [
    ...weights.map((weight, r): [Tensor4D, number] => [registers[r], weight]),
    [answer, ofAnswer],
    [z, ofNoise],
  ];
  const parts = terms.flatMap(([of, weight]) => (of && weight !== 0 ? [mul(of, weight)] : []));
  return (
    parts.length === 0 ? zerosLike(registers[0]) : parts.reduce((a, b) => add(a, b))
  ) as Tensor4D;
}

/** A move that asks at time t (undefined: asks nothing), in the numbers of this model. */
interface Step {
  t: number | undefined;
  /** Told times that make the whole range. */
  T: number;
  /** x̂_0 from x and the prediction. */
  toX0: Conversion;
  /** The noise is as wide as the network's second answer says. */
  width?: WidthRange;
  weights: readonly Weights[];
  /** Null where none is added. */
  noise: SampleNoise | null;
}

/** The registers after a move, and x̂_0 where the network was asked. */
function carryOut(
  model: Model,
  registers: readonly Tensor4D[],
  { t, T, toX0, width, weights, noise }: Step,
  { labels, clip, guidanceScale = 1 }: SampleOptions,
): [Tensor4D[], Tensor4D?] {
  const { network } = model;
  const [x] = registers;
  const z = () => noise && tensor4d(noise.draw(), x.shape);
  const all = (answer: Tensor4D | null, fresh = z()) =>
    weights.map((one) => combine(one, registers, answer, fresh));
  if (t === undefined) return [all(null)];
  if (network.sampleStep && !width) {
    const told = { t, T, labels, guidanceScale };
    return network.sampleStep(registers, { ...told, toX0, clip, weights, noise });
  }
  const both = guidedPrediction(model, x, { t, T }, labels, guidanceScale);
  const output = answer(both, 0, x);
  const raw = add(mul(x, toX0.xt), mul(output, toX0.prediction)) as Tensor4D;
  const x0 = clip ? clipByValue(raw, -1, 1) : raw;
  const fresh = z();
  // log σ² = narrow + ½(v + 1)(wide − narrow)
  const sigma =
    width &&
    exp(
      add(
        mul(answer(both, 1, x), 0.25 * (width.wide - width.narrow)),
        0.25 * (width.wide + width.narrow),
      ),
    );
  return [all(clip ? x0 : output, sigma && fresh ? mul(sigma, fresh) : fresh), x0];
}

/** One of a network's answers, of as many channels as x. @throws RangeError where it gives fewer. */
function answer(output: Tensor4D, which: 0 | 1, { shape }: Tensor4D): Tensor4D {
  const [, , , channels] = shape;
  if (output.shape[3] === channels && which === 0) return output;
  if (output.shape[3] < (which + 1) * channels)
    throw new RangeError(
      'Learned width: expected a network of two answers; this one gives one. Train it with the hybrid objective, or leave `learnedWidth` out.',
    );
  return slice(output, [0, 0, 0, which * channels], shape);
}

// #region sample
/** Draws images from noise, yielding after every step. Stop by leaving the loop; all tensors are freed. */
export function* sample(
  model: Model,
  options: SampleOptions,
  streams = sampleStreams(options.seed, options.count),
): Generator<SampleStep> {
  const { network } = model;
  const { process, target, T, times, moves } = drawingProgram(model, options);
  const shape: [number, number, number, number] = [options.count, ...network.imageShape];
  const size = shape[1] * shape[2] * shape[3];
  const draw = () => noise(streams, size);
  // Without clipping the prediction is used as it is: converting there and back would round twice.
  const kind = options.clip ? 'x0' : target;
  let registers = [keep(tensor4d(draw(), shape))];
  while (registers.length < registerCount(moves)) registers.push(keep(zeros(shape)));
  let x0: Tensor4D | undefined;
  let [from, index] = [times[0], 0];
  try {
    for (const { t, sets, s, width } of moves) {
      const weights = weightsOf(sets, readingOf(kind, t, process));
      const { toX0 } = readingOf(target, t, process);
      const step = {
        t,
        T,
        toX0,
        width,
        weights,
        noise: addsNoise(weights) ? { streams, draw } : null,
      };
      const [after, clean] = tidy(() => carryOut(model, registers, step, options));
      for (const old of registers) old.dispose();
      registers = after.map((tensor) => keep(tensor));
      if (clean) {
        x0?.dispose();
        x0 = keep(clean);
      }
      if (s === undefined) continue;
      const [x] = registers;
      yield { t: from, s, index: ++index, total: times.length - 1, x, x0: x0 ?? x };
      from = s;
    }
  } finally {
    for (const old of registers) old.dispose();
    x0?.dispose();
  }
}
// #endregion
