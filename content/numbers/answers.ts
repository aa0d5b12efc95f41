/** Numbers in the answers to what readers of diffusion codes ask again and again, once for every language. */

import { CONFIGS } from '../../src/components/widgets/network/network/networkConfigs.ts';
import { drawnDigits } from '../../src/lib/data/digits.ts';
import { finiteDenoiser } from '../../src/lib/math/exact/finite.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { diffuse } from '../../src/lib/math/process/forward.ts';
import { conversion } from '../../src/lib/math/process/parameterization.ts';
import { posterior } from '../../src/lib/math/process/posterior.ts';
import {
  makeSchedule,
  type Schedule,
  type ScheduleKind,
} from '../../src/lib/math/process/schedule.ts';
import { ddimStep } from '../../src/lib/math/samplers/ddim.ts';
import { sample } from '../../src/lib/math/samplers/sample.ts';
import { leading, linspaced, trailing } from '../../src/lib/math/samplers/spacings.ts';
import { timesteps } from '../../src/lib/math/samplers/timesteps.ts';
import { unetPlan } from '../../src/lib/tensor/networks/unetPlan.ts';

const cosine = makeSchedule('cosine', 1000);

/** By how much an error in ε is multiplied on its way into x̂₀; and one in v. */
export const gain = (kind: ScheduleKind, t: number, of: 'epsilon' | 'v' = 'epsilon') =>
  Math.abs(conversion(of, 'x0', t, makeSchedule(kind, 1000)).prediction);

/** Half precision (IEEE 754 binary16): its largest number, and its smallest above 0. */
export const half = { largest: (2 - 2 ** -10) * 2 ** 15, smallest: 2 ** -24 };

/** Mean and variance of the pixels of a thousand drawn digits in [−1, 1], and moved to [0, 1]. */
const { images } = drawnDigits({ count: 1000, seed: 1 });
const mean = images.reduce((sum, v) => sum + v, 0) / images.length;
const variance = images.reduce((sum, v) => sum + (v - mean) ** 2, 0) / images.length;
export const scales = {
  own: { mean, variance },
  moved: { mean: (mean + 1) / 2, variance: variance / 4 },
};

/** Share of a moving average that is still its start after k steps. */
export const stale = (mu: number, k: number) => 100 * mu ** k;

/** Standard deviation of the loss of the lazy network over batches of b pictures of 28 × 28: of a mean of squared normals. */
export const batchNoise = (b: number) => Math.sqrt(2 / (784 * b));

const KNOWN = 200;
const row = (i: number) => Float64Array.from(images.subarray(784 * i, 784 * (i + 1)));
/** A denoiser that knows 200 digits by heart: its squared error of ε per pixel, on them and on 200 others, at time t. */
export function byHeart(t: number): { own: number; others: number } {
  const { epsilon } = finiteDenoiser({
    data: Array.from({ length: KNOWN }, (_, i) => row(i)),
    schedule: cosine,
  });
  const rng = createRng(`by heart ${t}`);
  const error = (from: number) => {
    let sum = 0;
    for (let i = from; i < from + KNOWN; i += 4) {
      const noise = rng.fillNormal(new Float64Array(784));
      const answer = epsilon(diffuse(row(i), t, cosine, noise), t);
      for (let k = 0; k < 784; k++) sum += (answer[k] - noise[k]) ** 2 / 784 / (KNOWN / 4);
    }
    return sum;
  };
  return { own: error(0), others: error(KNOWN) };
}
export const known = KNOWN;

/** One step from t = 900 to 800 with a guess out of range: where the pixel goes, by what is clipped. */
export const clipped = (() => {
  const [t, s, xt, guess] = [900, 800, 0.5, 1.8];
  const { x0Coefficient: a, xtCoefficient: b } = posterior(cosine, t, s);
  const [c, d] = [Math.sqrt(cosine.alphaBar[t]), Math.sqrt(cosine.noiseVariance[t])];
  const { x0: ofX0 = 0, epsilon: ofNoise = 0 } = ddimStep(cosine, t, s, 0);
  const noise = (x0: number) => (xt - c * x0) / d;
  return {
    ...{ t, s, xt, guess },
    mean: { raw: a * guess + b * xt, cut: a * 1 + b * xt },
    ddim: {
      raw: ofX0 * guess + ofNoise * noise(guess),
      anew: ofX0 * 1 + ofNoise * noise(1),
      kept: ofX0 * 1 + ofNoise * noise(guess),
    },
  };
})();

/** Where ten of a thousand steps start, by convention, and the signal that is left there. */
export const starts = Object.entries({
  'this book, trailing': trailing(1000, 10),
  linspace: linspaced(1000, 10),
  leading: leading(1000, 10),
}).map(([name, times]) => ({
  name,
  times,
  linear: Math.sqrt(makeSchedule('linear', 1000).alphaBar[times[0]]),
  cosine: Math.sqrt(cosine.alphaBar[times[0]]),
}));
/** True if this book's list is that of trailing. */
export const sameAsTrailing =
  String(timesteps(1000, 10).slice(0, -1)) === String(trailing(1000, 10));

/** DDIM, 50 steps, two pictures: largest difference at the end where the start differs by a rounding of float32. */
export const rounded = (() => {
  const schedule = makeSchedule('cosine', 1000);
  const a = [1, -1, -1, 1];
  const denoiser = finiteDenoiser({ data: [a, a.map((v) => -v)], schedule }).predict('epsilon');
  const end = (xT: ArrayLike<number>) =>
    [
      ...sample({
        schedule,
        denoiser,
        prediction: 'epsilon',
        xT,
        rng: createRng(1),
        steps: 50,
        sampler: 'ddim',
        eta: 0,
      }),
    ].at(-1)!.x;
  const rng = createRng('rounded');
  const gaps = Array.from({ length: 200 }, () => {
    const xT = rng.fillNormal(new Float64Array(4));
    const [exact, single] = [end(xT), end(Float32Array.from(xT))];
    return Math.max(...exact.map((v, i) => Math.abs(v - single[i])));
  }).sort((p, q) => p - q);
  return { median: gaps[100], largest: gaps[199] };
})();

/** Side of the square of input pixels that one cell of the middle depends on: each 3 × 3 convolution adds 2 of its pixels. */
export const reach = (() => {
  const { down } = unetPlan(CONFIGS.standard);
  // The first convolution, two in each block on the way down, means of 2 × 2, two in the middle.
  let side = 3;
  down.forEach((_, level) => {
    side += 4 * 2 ** level;
    if (level < down.length - 1) side += 2 ** level;
  });
  return side + 4 * 2 ** (down.length - 1);
})();
/** Products of query and key that self-attention takes, over those of a 3 × 3 convolution's weights at the same size. */
export const pairs = (side: number) => side ** 4;

/** Two pictures ±a of d pixels, 50 steps: mean squared error of ε per pixel of the best answer that knows t, and that does not. */
export function blind(d: number, draws = 600): { told: number; blind: number } {
  const schedule: Schedule = makeSchedule('cosine', 50);
  const a = new Float64Array(d).fill(1);
  const { epsilon, logDensity } = finiteDenoiser({ data: [a, a.map((v) => -v)], schedule });
  const rng = createRng(`blind ${d}`);
  const all = Array.from({ length: schedule.T }, (_, i) => i + 1);
  let [told, without] = [0, 0];
  for (let k = 0; k < draws; k++) {
    const t = 1 + (k % schedule.T);
    const noise = rng.fillNormal(new Float64Array(d));
    const x = diffuse(a, t, schedule, noise);
    const logs = all.map((s) => logDensity(x, s));
    const top = Math.max(...logs);
    const weights = logs.map((log) => Math.exp(log - top));
    const total = weights.reduce((p, q) => p + q);
    const mix = new Float64Array(d);
    all.forEach((s, i) => {
      if (weights[i] > 1e-12)
        epsilon(x, s).forEach((v, j) => {
          mix[j] += (v * weights[i]) / total;
        });
    });
    const right = epsilon(x, t);
    for (let j = 0; j < d; j++) {
      told += (right[j] - noise[j]) ** 2 / d / draws;
      without += (mix[j] - noise[j]) ** 2 / d / draws;
    }
  }
  return { told, blind: without };
}
