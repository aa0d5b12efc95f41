import { describe, expect, it } from 'vitest';
import { blurredDenoiser } from '../../src/lib/math/exact/blurred.ts';
import { mixtureDenoiser } from '../../src/lib/math/exact/mixture.ts';
import { meanCovariance } from '../../src/lib/math/numerics/linalg.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { PATHS } from '../../src/lib/math/process/paths.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';
import { backPaths, forwardPaths, woven } from '../../src/lib/math/samplers/particles.ts';
import { sample } from '../../src/lib/math/samplers/sample.ts';
import { expectClose, expectRelative } from './helpers.ts';

const schedule = makeSchedule('cosine', 40);
const centres = [
  [0.9, -0.4],
  [-1.1, 0.2],
  [0.3, 1],
];
const weights = [1, 2, 3];
const deviation = 0.2;
const flat = (matrix: readonly ArrayLike<number>[]) => matrix.flatMap((row) => Array.from(row));
const blurred = blurredDenoiser({ schedule, centres, weights, deviation });

describe('a blurred set', () => {
  const mixture = mixtureDenoiser({
    schedule,
    components: centres.map((mean, i) => ({
      weight: weights[i],
      mean,
      covariance: deviation ** 2,
    })),
  });
  const points = [
    [0, 0],
    [1.2, -0.7],
    [-2, 3],
  ];

  it('is the mixture of its bells, near the data, half-way and in the noise', () => {
    for (const t of [1, 20, 40]) {
      for (const x of points) {
        for (const kind of ['x0', 'epsilon', 'v', 'score'] as const) {
          expectClose(blurred.predict(kind)(x, t), mixture.predict(kind)(x, t), 1e-9);
          const [slopes, others] = [blurred, mixture].map((law) => law.jacobian(kind)(x, t));
          expectClose([...slopes[0], ...slopes[1]], [...others[0], ...others[1]], 1e-8);
        }
        expectClose(blurred.posteriorWeights(x, t), mixture.posteriorWeights(x, t), 1e-10);
        expectRelative(blurred.logDensity(x, t), mixture.logDensity(x, t), 1e-10);
      }
      expect(blurred.mmse(t)).toBe(mixture.mmse(t));
    }
    const path = PATHS.straight;
    const flow = { target: 'flowVelocity' as const, t: 0.3, x: [0.4, 0.1] };
    const onPath = blurredDenoiser({ path, centres, weights, deviation });
    const asMixture = mixtureDenoiser({
      path,
      components: centres.map((mean, i) => ({ weight: weights[i], mean, covariance: 0.04 })),
    });
    expectClose(
      onPath.predict(flow.target)(flow.x, flow.t),
      asMixture.predict(flow.target)(flow.x, flow.t),
      1e-9,
    );
  });

  it('has the score that is the slope of its log density', () => {
    const h = 1e-5;
    for (const t of [1, 15, 40])
      for (const [x, y] of points) {
        const score = blurred.score([x, y], t);
        const slope = (dx: number, dy: number) =>
          (blurred.logDensity([x + dx, y + dy], t) - blurred.logDensity([x - dx, y - dy], t)) /
          (2 * h);
        expectClose(score, [slope(h, 0), slope(0, h)], 1e-4 * (1 + Math.hypot(...score)));
      }
  });

  it('needs a width', () => {
    for (const none of [0, -1, Number.NaN])
      expect(() => blurredDenoiser({ schedule, centres, deviation: none })).toThrow('above 0');
  });
});

describe('a cloud of particles', () => {
  const n = 20_000;
  const rng = createRng(3);
  const chosen = Array.from({ length: n }, () => {
    const u = 6 * rng.uniform();
    return u < 1 ? 0 : u < 3 ? 1 : 2;
  });
  const x0 = Float64Array.from(
    chosen.flatMap((k) => centres[k].map((c) => c + deviation * rng.normal())),
  );
  const rows = (cloud: Float32Array) =>
    Array.from({ length: n }, (_, i) => cloud.subarray(2 * i, 2 * i + 2));
  /** Mean and covariance of x_t in closed form: √ᾱ m and ᾱ C + (1 − ᾱ) I. */
  const law = (t: number) => {
    const data = meanCovariance(
      centres,
      Float64Array.from(weights, (w) => w / 6),
    );
    const [a, v] = [schedule.alphaBar[t], schedule.noiseVariance[t]];
    return {
      mean: data.mean.map((m) => Math.sqrt(a) * m),
      covariance: data.covariance.map((row, i) =>
        row.map((c, j) => a * (c + (i === j ? deviation ** 2 : 0)) + (i === j ? v : 0)),
      ),
    };
  };
  /** Five standard errors: variances here are below 1.5. */
  const near = 5 * 1.5 * Math.sqrt(2 / n);
  const hasTheLaw = (cloud: Float32Array, t: number) => {
    const found = meanCovariance(rows(cloud), new Float64Array(n).fill(1 / n));
    const expected = law(t);
    expectClose(found.mean, expected.mean, near);
    expectClose(flat(found.covariance), flat(expected.covariance), near);
  };
  const forward = forwardPaths(x0, schedule, createRng(4));
  const frame = ({ frames }: typeof forward, k: number) =>
    frames.subarray(2 * n * k, 2 * n * (k + 1));

  it('has on the forward chain the mean and the covariance of q(x_t) at every time', () => {
    expect(forward.times).toEqual(Array.from({ length: 41 }, (_, t) => t));
    for (const t of [0, 5, 20, 40]) hasTheLaw(frame(forward, t), t);
  });

  it('goes one step of the chain from frame to frame, with the covariance of x_s and x_t that the chain has', () => {
    const [s, t] = [18, 22];
    const [early, late] = [frame(forward, s), frame(forward, t)];
    let product = 0;
    for (let k = 0; k < n; k++) product += (early[2 * k] * late[2 * k]) / n;
    const { mean, covariance } = law(s);
    const kept = Math.sqrt(schedule.alphaBar[t] / schedule.alphaBar[s]);
    expect(Math.abs(product - kept * (covariance[0][0] + mean[0] ** 2))).toBeLessThan(near);
  });

  it('comes back from noise to the law of the data by the exact denoiser', () => {
    const few = 4000;
    const streams = Array.from({ length: few }, (_, i) => createRng(5).fork(i));
    const noise = woven(streams, 2);
    const xT = Float64Array.from({ length: 2 * few }, () => noise.normal());
    const back = backPaths({
      schedule,
      xT,
      epsilon: blurred.epsilon,
      dimension: 2,
      steps: 40,
      sampler: 'ddpm',
      rng: noise,
    });
    expect(back.times.at(-1)).toBe(0);
    // The 40 Gaussian steps are not the true reverse ones: moments within a few hundredths.
    const ends = back.frames.slice(-2 * few);
    const found = meanCovariance(
      Array.from({ length: few }, (_, i) => ends.subarray(2 * i, 2 * i + 2)),
      new Float64Array(few).fill(1 / few),
    );
    expectClose(found.mean, law(0).mean, 0.06);
    expectClose(flat(found.covariance), flat(law(0).covariance), 0.08);
  });

  it('takes for each particle the way that it would take alone', () => {
    const alone = (i: number) => {
      const own = createRng(8).fork(i);
      const xT = [own.normal(), own.normal()];
      let end: ArrayLike<number> = xT;
      const options = { schedule, denoiser: blurred.epsilon, prediction: 'epsilon' as const };
      for (const { x } of sample({ ...options, xT, rng: own, sampler: 'ddpm', steps: 8 })) end = x;
      return end;
    };
    const streams = [0, 1, 2].map((i) => createRng(8).fork(i));
    const noise = woven(streams, 2);
    const xT = Float64Array.from({ length: 6 }, () => noise.normal());
    const options = { schedule, epsilon: blurred.epsilon, dimension: 2, steps: 8 };
    const { frames } = backPaths({ ...options, sampler: 'ddpm', xT, rng: noise });
    for (const i of [0, 1, 2])
      expectClose(frames.subarray(6 * 8 + 2 * i, 6 * 8 + 2 * i + 2), alone(i), 1e-6);
  });
});
