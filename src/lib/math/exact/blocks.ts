/**
 * What one independent block of pixels contributes to mean squared error, entropy and bound, as
 * functions of the signal-to-noise ratio γ. On a line: quadrature. In more dimensions: Monte Carlo, but for the
 * squared error of points on orthogonal axes.
 */

import { discretizedLogProbability } from '../bound/decoder.ts';
import { lineDivergence, type NoisyEnd, pointDivergence, spanDivergence } from '../bound/prior.ts';
import { dot, logDetIdentityPlus } from '../numerics/linalg.ts';
import { integrate } from '../numerics/quadrature.ts';
import { createRng, type Rng } from '../numerics/rng.ts';
import { axesOf, axisMmse } from './axisChannel.ts';
import {
  channelExpectation,
  conditionalEntropy,
  evaluator,
  integrateMmse,
  logWidth,
  type ScalarSource,
  scalarMmse,
} from './channel.ts';
import { type Factor, factorise } from './factorise.ts';
import type { FiniteData } from './finiteData.ts';
import {
  type Estimate,
  estimate,
  stratifiedIndices,
  type VectorState,
  vectorChannel,
} from './vectorChannel.ts';

export interface Block {
  /** Every one of its numbers comes from quadrature. */
  readonly exact: boolean;
  /** E‖u − E[u|y]‖² */
  mmse(gamma: number): Estimate;
  /** H(u | y), nats */
  entropyGiven(gamma: number): Estimate;
  /** I(u; y) at γ + rise less I(u; y) at γ, nats */
  informationRise(gamma: number, rise: number): Estimate;
  /** ½ E log det(I + c·Cov(u | y)), nats */
  halfLogDet(gamma: number, c: number): Estimate;
  /** −E log of DDPM eq. 13 about the mean E[x_0|x_1], nats */
  discretized(gamma: number, variance: number, levels: readonly number[]): Estimate;
  /** KL(q ‖ N(0, I)) of the block's own noisy pixels, nats */
  startDivergence(end: NoisyEnd): Estimate;
}

export interface BlockOptions {
  /** Monte-Carlo draws per number. */
  readonly samples?: number;
  readonly seed?: number | string;
}

/** The blocks of a data set, with how often each occurs: equal pixels are computed once. */
export function makeBlocks(
  data: FiniteData,
  options: BlockOptions = {},
): { block: Block; count: number }[] {
  const rng = createRng(options.seed ?? 0);
  const found = new Map<string, { block: Block; count: number }>();
  factorise(data).forEach((factor, index) => {
    // Same pixel values with the same weights: the same law, whichever pixels they are.
    const key = `${factor.values.map((v) => Array.from(v).join()).join(';')}|${factor.weights.join()}`;
    const known = found.get(key);
    if (known && factor.rank <= 1) known.count++;
    else
      found.set(known ? `${key}#${index}` : key, {
        block: makeBlock(factor, rng, options),
        count: 1,
      });
  });
  return [...found.values()];
}

/** Σ count·estimate over independent blocks; the squared errors add. */
export function sumBlocks(
  blocks: readonly { block: Block; count: number }[],
  f: (block: Block) => Estimate,
): Estimate {
  let value = 0;
  let square = 0;
  for (const { block, count } of blocks) {
    const part = f(block);
    value += count * part.value;
    square += (count * part.standardError) ** 2;
  }
  return { value, standardError: Math.sqrt(square) };
}

function makeBlock(factor: Factor, rng: Rng, options: BlockOptions): Block {
  return factor.rank <= 1 ? lineBlock(factor) : spanBlock(factor, rng, options.samples ?? 2000);
}

const sure = (value: number): Estimate => ({ value, standardError: 0 });

/** Negative log-probability of the block's value i when its mean in own coordinates is `mean`. */
function decoderCost(factor: Factor, variance: number, levels: readonly number[]) {
  return (i: number, mean: ArrayLike<number>): number =>
    factor.pixels.reduce((sum, _, p) => {
      const centre = factor.directions.reduce((m, e, k) => m + mean[k] * e[p], factor.centre[p]);
      return sum - discretizedLogProbability(factor.values[i][p], centre, variance, levels);
    }, 0);
}

/** Where the block lies: its points from the origin, along its span; and the divergence of what lies across. */
function placed({ centre, directions, points, pixels }: Factor) {
  const along = directions.map((e) => dot(e, centre));
  return {
    points: points.map((p) => p.map((u, k) => along[k] + u)),
    across: (end: NoisyEnd) =>
      pointDivergence(
        end,
        Math.max(0, dot(centre, centre) - dot(along, along)),
        pixels.length - directions.length,
      ),
  };
}

function lineBlock(factor: Factor): Block {
  const { weights } = factor;
  const source: ScalarSource = {
    points: Float64Array.from(factor.points, (p) => (factor.rank === 0 ? 0 : p[0])),
    weights,
  };
  const mmse = (gamma: number) => scalarMmse(source, gamma);
  return {
    exact: true,
    mmse: (gamma) => sure(mmse(gamma)),
    entropyGiven: (gamma) => sure(conditionalEntropy(source, gamma)),
    informationRise: (gamma, rise) => sure(integrateMmse(mmse, gamma, rise)),
    halfLogDet: (gamma, c) =>
      sure(0.5 * channelExpectation(source, gamma, ({ variance }) => Math.log1p(c * variance))),
    discretized(gamma, variance, levels) {
      // A narrow decoder gives the integrand corners that only an adaptive rule resolves.
      const cost = decoderCost(factor, variance, levels);
      const root = Math.sqrt(gamma);
      const { state, density } = evaluator(source, root);
      let total = 0;
      source.points.forEach((point, i) => {
        const f = (z: number): number => {
          density(z, i);
          return Math.exp(-0.5 * z * z) * cost(i, [state.mean]);
        };
        const middles = Array.from(source.points, (other) => (root * (other - point)) / 2);
        const inside = middles.filter((z) => Math.abs(z) < 10);
        const breaks = [-10, -5, -2, 0, 2, 5, 10, ...inside].sort((a, b) => a - b);
        const distinct = breaks.filter((z, k) => k === 0 || z > breaks[k - 1]);
        total += (weights[i] * integrate(f, distinct)) / Math.sqrt(2 * Math.PI);
      });
      return sure(total);
    },
    startDivergence(end) {
      const { points, across } = placed(factor);
      if (factor.rank === 0) return sure(across(end));
      const line = { points: Float64Array.from(points, (p) => p[0]), weights };
      return sure(across(end) + lineDivergence(end, line));
    },
  };
}

function spanBlock(factor: Factor, rng: Rng, samples: number): Block {
  const { draw, covariance } = vectorChannel(factor, rng);
  const axes = axesOf(factor);
  /** Mean of f over fresh draws; `at` may choose a γ for each. */
  const average = (
    at: (j: number) => number,
    f: (state: VectorState, origin: number, gamma: number) => number,
  ): Estimate => {
    const origins = stratifiedIndices(factor.weights, samples, rng);
    const draws = new Float64Array(samples);
    for (let j = 0; j < samples; j++) {
      const gamma = at(j);
      draws[j] = f(draw(gamma, origins[j]), origins[j], gamma);
    }
    return estimate(draws);
  };
  return {
    exact: false,
    mmse: (gamma) =>
      axes
        ? sure(axisMmse(axes, gamma))
        : average(
            () => gamma,
            (state) => state.variance,
          ),
    entropyGiven: (gamma) =>
      average(
        () => gamma,
        (state) => state.entropy,
      ),
    informationRise(gamma, rise) {
      const width = logWidth(gamma, rise);
      // ½ ∫ mmse dγ = ½ width · E[γ·mmse(γ)] with log γ uniform over the interval.
      return average(
        () => gamma * Math.exp(width * rng.uniform()),
        (state, _, at) => 0.5 * width * at * state.variance,
      );
    },
    halfLogDet: (gamma, c) =>
      average(
        () => gamma,
        () => 0.5 * logDetIdentityPlus(covariance(), c),
      ),
    discretized(gamma, variance, levels) {
      const cost = decoderCost(factor, variance, levels);
      return average(
        () => gamma,
        (state, origin) => cost(origin, state.mean),
      );
    },
    startDivergence(end) {
      const { points, across } = placed(factor);
      // A stream of its own: the same number whatever else is asked of the block.
      const own = rng.fork('start');
      const { value, standardError } = spanDivergence(
        end,
        { points, weights: factor.weights },
        samples,
        own,
      );
      return { value: across(end) + value, standardError };
    },
  };
}
