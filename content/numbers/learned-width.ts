/** What chapter 11 says in numbers, once for every language. */
import { toyData } from '../../src/lib/data/toyData.ts';
import { coinErrorMoments } from '../../src/lib/math/bound/coinTerms.ts';
import { discretizedLogProbability, evenLevels } from '../../src/lib/math/bound/decoder.ts';
import { type BoundVariance, exactBound } from '../../src/lib/math/bound/elbo.ts';
import { bestFraction } from '../../src/lib/math/bound/learnedVariance.ts';
import { judgeBinary } from '../../src/lib/math/judge/binaryDraws.ts';
import { vlbWeight } from '../../src/lib/math/objectives/bound.ts';
import { firstVariance } from '../../src/lib/math/process/firstVariance.ts';
import { posterior } from '../../src/lib/math/process/posterior.ts';
import { jump, makeSchedule, type ScheduleKind } from '../../src/lib/math/process/schedule.ts';
import { timesteps } from '../../src/lib/math/samplers/timesteps.ts';
import {
  type ImportanceWidth,
  lawsOf,
  momentsOf,
  scatterOf,
} from '../../src/lib/plots/learned-width/importance.ts';
import { bestCurve, dialView } from '../../src/lib/plots/learned-width/widthDial.ts';
import { computeDraws } from '../../src/lib/worker/exact/draws.ts';

export const linear100 = makeSchedule('linear', 100);
export const cosine100 = makeSchedule('cosine', 100);
export const linear1000 = makeSchedule('linear', 1000);
export const cosine1000 = makeSchedule('cosine', 1000);

/** β̃_t as a share of β_t, per cent. */
export const share = (kind: ScheduleKind, T: number, t: number) => {
  const { posteriorVariance, beta } = makeSchedule(kind, T);
  return (100 * posteriorVariance[t]) / beta[t];
};

/** By how much β is larger than β̃, per cent. */
export const apart = (kind: ScheduleKind, T: number, t: number) =>
  100 * (100 / share(kind, T, t) - 1);
/** The best f of one pixel of the sixteen images in the middle between black and white, cosine, T = 100. */
export const greyFraction = (t: number) => bestFraction(cosine100, t, 1);

/** The chain and the step that the dial starts at. */
const dialChain = makeSchedule('cosine', 16);
export const DIALLED = 5;
export const dialled = dialView(dialChain, DIALLED, 0);
/** The best f of the linear chain of 100, for a pixel of black or white. */
export const bestAt = (t: number) =>
  bestFraction(linear100, t, coinErrorMoments(linear100.snr[t])[0]);
const along = bestCurve(dialChain);
export const firstAbove = (f: number) => along.find(({ y }) => y > f)?.x as number;

/** Bits per dimension of the exact denoiser, cosine, T = 100, the last bell as the published code has it. */
export const exactly = (name: 'all16' | 'bars', variance: BoundVariance) =>
  exactBound({
    ...{ schedule: cosine100, ...toyData(name), variance },
    ...{ decoder: 'discretized', firstVariance: 'betaTilde2' },
  }).bitsPerDim;

/** What the bound would add to the pull on the guess, beside a pull of 1 by the simple loss: linear, T = 1000, σ² = β̃, λ = 0.001. */
export const pull = (t: number) =>
  vlbWeight(linear1000, t, linear1000.posteriorVariance[t]) / Math.LN2;

/** The two widths of one of few steps, as standard deviations: the stride that begins nearest to `from`. */
export const stride = (steps: number, which: number) => {
  const list = timesteps(100, steps);
  const [t, s] = [list[which], list[which + 1]];
  return {
    ...{ t, s },
    narrow: Math.sqrt(posterior(cosine100, t, s).variance),
    wide: Math.sqrt(jump(cosine100, s, t).beta),
  };
};
export const example = stride(8, 5);

export const WIDTHS = ['betaTilde', 'beta', 'learned'] as const;
const COUNT = 1000;
/** How grey the draws of the exact denoiser are: sixteen images, cosine, T = 100. */
export const greyAt = (steps: number, width: (typeof WIDTHS)[number]) => {
  const { data } = toyData('all16');
  const asked = { schedule: { kind: 'cosine', T: 100 }, data, seed: 5, count: COUNT } as const;
  return judgeBinary(computeDraws({ ...asked, steps, width }), data).greyness;
};
export const FEW = [3, 4, 6, 8, 12, 16];
export const greys = WIDTHS.map((width) => ({
  width,
  points: FEW.map((steps) => ({ x: steps, y: greyAt(steps, width) })),
}));
export const grey = (width: (typeof WIDTHS)[number], steps: number) =>
  greys.find((row) => row.width === width)?.points.find(({ x }) => x === steps)?.y as number;

/** How many draws of all t alike one draw is worth: by √E[L²], and by ten losses of each t. */
export const gains = (width: ImportanceWidth, dimension: number) => {
  const setting = { schedule: linear100, width, dimension };
  const moments = momentsOf(setting);
  const scatter = scatterOf(moments, lawsOf(setting, moments, 10, 1), 1);
  return { ideal: scatter.importance.gain, history: scatter.history.gain };
};

/** √β_1 of the cosine schedule, and the size of a grey level of 256 on [−1, 1]. */
export const firstNoise = Math.sqrt(cosine1000.beta[1]);
export const greyLevel = 2 / 255;

/** Where the narrow end at t = 1 is clamped at 1e-20: log of the range, and σ half-way. */
export const clamped = {
  range: Math.log(linear1000.beta[1] / 1e-20),
  usual: Math.log(linear1000.beta[1] / firstVariance(linear1000, 'betaTilde2')),
  deviation: Math.sqrt(Math.sqrt(linear1000.beta[1] * 1e-20)),
};
const levels = evenLevels(256);
/** Bits of a pixel whose guess is 0.6 of a grey level off, just outside its bin, by the variance of the last bell. */
export const lastBits = (variance: number) =>
  -discretizedLogProbability(levels[128], levels[128] + 0.6 * greyLevel, variance, levels) /
  Math.LN2;
