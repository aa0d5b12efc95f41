import { describe, expect, it } from 'vitest';
import { leastLoss } from '../../src/components/trainer/floor.ts';
import { toyData } from '../../src/lib/data/toyData.ts';
import { axesOf, axisMmse } from '../../src/lib/math/exact/axisChannel.ts';
import { scalarMmse } from '../../src/lib/math/exact/channel.ts';
import { finiteDenoiser } from '../../src/lib/math/exact/finite.ts';
import { vectorChannel } from '../../src/lib/math/exact/vectorChannel.ts';
import { gaussHermite } from '../../src/lib/math/numerics/quadrature.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';
import { expectAbsolute } from './helpers.ts';

/** E tr Cov(u | √γ u + z) over a product of Gauss–Hermite rules, one for each direction of the noise. */
function byProductRule(points: number[][], weights: number[], gamma: number, n: number): number {
  const { nodes, weights: share } = gaussHermite(n);
  const root = Math.sqrt(gamma);
  const r = points[0].length;
  const walk = (origin: number[], z: number[], probability: number): number => {
    if (z.length < r) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += walk(origin, [...z, nodes[k]], probability * share[k]);
      return sum;
    }
    const y = z.map((value, k) => root * origin[k] + value);
    const likelihood = points.map(
      (u, i) => weights[i] * Math.exp(-0.5 * u.reduce((s, v, k) => s + (y[k] - root * v) ** 2, 0)),
    );
    const total = likelihood.reduce((a, b) => a + b, 0);
    let variance = 0;
    for (let k = 0; k < r; k++) {
      const mean = likelihood.reduce((s, q, i) => s + (q / total) * points[i][k], 0);
      variance += likelihood.reduce((s, q, i) => s + (q / total) * (points[i][k] - mean) ** 2, 0);
    }
    return probability * variance;
  };
  return points.reduce((sum, point, i) => sum + weights[i] * walk(point, [], 1), 0);
}

const CROSS = [0, 1, 2].flatMap((k) => [2, -2].map((v) => [0, 1, 2].map((j) => (j === k ? v : 0))));
const source = (points: number[][], weights: number[]) => ({
  points: points.map((p) => Float64Array.from(p)),
  weights: Float64Array.from(weights),
});
const sixths = CROSS.map(() => 1 / 6);

describe('the squared error of points on orthogonal axes', () => {
  it('is that of the scalar channel where there is one axis', () => {
    const points = [1, -1.5, 3];
    const weights = [0.5, 0.3, 0.2];
    for (const gamma of [0.001, 0.1, 1, 6, 30])
      expectAbsolute(
        axisMmse([{ points, weights }], gamma),
        scalarMmse(
          { points: Float64Array.from(points), weights: Float64Array.from(weights) },
          gamma,
        ),
        1e-9,
      );
  });

  it('is that of a product of Gauss–Hermite rules, for equal and for unequal axes', () => {
    const odd = [
      [1, 0],
      [-0.5, 0],
      [0, 0.8],
      [0, 0],
    ];
    const weights = [0.4, 0.1, 0.3, 0.2];
    for (const gamma of [0.05, 0.3]) {
      const axes = axesOf(source(CROSS, sixths));
      // 40 nodes: the rule itself has settled to 1e-9 at these γ.
      expectAbsolute(axisMmse(axes!, gamma), byProductRule(CROSS, sixths, gamma, 40), 1e-8);
      const other = axesOf(source(odd, weights));
      expectAbsolute(axisMmse(other!, gamma), byProductRule(odd, weights, gamma, 40), 1e-8);
    }
  });

  it('is what chance finds where the rules above are too coarse', () => {
    const { draw } = vectorChannel(source(CROSS, sixths), createRng(3));
    for (const gamma of [1, 3]) {
      const n = 60_000;
      const draws = Array.from({ length: n }, (_, j) => draw(gamma, j % 6).variance);
      const mean = draws.reduce((a, b) => a + b, 0) / n;
      const error = Math.sqrt(draws.reduce((s, v) => s + (v - mean) ** 2, 0)) / n;
      expectAbsolute(axisMmse(axesOf(source(CROSS, sixths))!, gamma), mean, 5 * error);
    }
  });

  it('does not grow with the signal, from all of the variance to nothing', () => {
    const axes = axesOf(source(CROSS, sixths))!;
    const values = [1e-6, 0.01, 0.1, 0.5, 1, 2, 5, 10, 20, 40, 100].map((g) => axisMmse(axes, g));
    values.slice(1).forEach((value, k) => {
      expect(value).toBeLessThanOrEqual(values[k]);
    });
    expectAbsolute(values[0], 4, 1e-4);
    expect(values.at(-1)).toBe(0);
  });

  it('is refused where a point lies off the axes', () =>
    expect(axesOf(source([...CROSS, [1, 1, 0]], [...sixths, 0.1]))).toBeNull());
});

describe('bars and stripes', () => {
  const schedule = makeSchedule('cosine', 100);

  it('have a loss floor without sampling error: 0.53873 for v, cosine, T = 100', async () => {
    const { data, weights } = toyData('bars');
    const denoiser = finiteDenoiser({ data, weights, schedule });
    expect(denoiser.mmseEstimate(50).standardError).toBe(0);
    const floor = await leastLoss({
      dataset: 'bars',
      diffusion: { schedule: 'cosine', T: 100, prediction: 'v' },
    } as Parameters<typeof leastLoss>[0]);
    // Found independently, with three orthogonal directions; half a unit of its last digit.
    expectAbsolute(floor!.value, 0.53873, 0.5e-5);
    expect(floor!.standardError).toBe(0);
  });
});

describe('a floor found by chance', () => {
  // Three images in a plane, on no orthogonal axes.
  const drawn = [
    [1, 1, -1, -1],
    [1, -1, 1, -1],
    [-1, -1, 1, 0.5],
  ];
  it('says so, and is as uncertain as it says: 30 repetitions', async () => {
    const run = {
      dataset: 'drawn',
      drawn,
      diffusion: { schedule: 'cosine', T: 4, prediction: 'v' },
    };
    const floor = (await leastLoss(run as unknown as Parameters<typeof leastLoss>[0]))!;
    expect(floor.standardError).toBeGreaterThan(0);
    const schedule = makeSchedule('cosine', 4);
    const values = Array.from({ length: 30 }, (_, seed) => {
      const denoiser = finiteDenoiser({ data: drawn, schedule, seed: `again ${seed}` });
      return [1, 2, 3, 4].reduce((sum, t) => sum + denoiser.lossFloor(t, 'v') / 16, 0);
    });
    const mean = values.reduce((a, b) => a + b, 0) / 30;
    const spread = Math.sqrt(values.reduce((s, v) => s + (v - mean) ** 2, 0) / 29);
    // The spread of 30 draws is known to 13 %: four times that. Origins are stratified, so less is possible than said.
    expect(spread / floor.standardError).toBeLessThan(1.5);
    expect(spread / floor.standardError).toBeGreaterThan(0.4);
    expectAbsolute(floor.value, mean, 5 * floor.standardError);
  });
});
