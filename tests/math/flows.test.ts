/** Velocity fields on the straight path: of any data, and of given pairs; and how straight the ways along them are. */
import { describe, expect, it } from 'vitest';
import { planeShape } from '../../src/lib/data/planeShapes.ts';
import { blurredDenoiser } from '../../src/lib/math/exact/blurred.ts';
import { coupledFlow } from '../../src/lib/math/exact/coupling.ts';
import { exactStraightness } from '../../src/lib/math/exact/exactStraightness.ts';
import { gaussianFlow } from '../../src/lib/math/exact/gaussianFlow.ts';
import { mixtureDenoiser } from '../../src/lib/math/exact/mixture.ts';
import { reflowPairs } from '../../src/lib/math/exact/reflow.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { FLOW_CODES, inCode } from '../../src/lib/math/process/flowCodes.ts';
import type { Path } from '../../src/lib/math/process/path.ts';
import { matchingTime } from '../../src/lib/math/process/process.ts';
import { straight } from '../../src/lib/math/process/straight.ts';
import { trigonometric } from '../../src/lib/math/process/trigonometric.ts';
import { flowPaths } from '../../src/lib/math/samplers/flowPaths.ts';
import { shiftedGrid } from '../../src/lib/math/samplers/grids.ts';
import { oneMoveEach } from '../../src/lib/math/samplers/program.ts';
import { walk } from '../../src/lib/math/samplers/sample.ts';
import { straightness } from '../../src/lib/math/samplers/straightness.ts';

const path = straight();
const rng = createRng('flows');
const normals = (n: number) => Float64Array.from({ length: n }, () => rng.normal());

describe('the marginal velocity of pairs', () => {
  const pairs = { x0: normals(10), noise: normals(10), weights: [1, 2, 0.5, 3, 1] };
  const flow = coupledFlow({ ...pairs, deviation: 0.4, dimension: 2 });

  it('is the difference of its ends for a single pair', () => {
    const one = coupledFlow({ x0: [1, -2], noise: [0.5, 3], deviation: 0.1, dimension: 2 });
    for (const t of [0, 0.3, 1]) {
      expect([...one.velocity([0.2, 0.1], t)]).toEqual([-0.5, 5]);
      expect(one.disagreement([9, 9], t)).toBe(0);
    }
  });

  it('carries the density of x_t: ∂p/∂t + ∇·(p v) = 0', () => {
    // Central differences of step 1e-4: their error is about 1e-8 times the third derivatives, which are below 100 here.
    const h = 1e-4;
    const p = (x: number, y: number, t: number) => Math.exp(flow.logDensity([x, y], t));
    const flux = (x: number, y: number, t: number, k: number) =>
      p(x, y, t) * flow.velocity([x, y], t)[k];
    for (const [x, y, t] of [
      [0.1, -0.2, 0.5],
      [-0.7, 0.4, 0.2],
      [0.9, 0.3, 0.85],
    ]) {
      const inTime = (p(x, y, t + h) - p(x, y, t - h)) / (2 * h);
      const outflow =
        (flux(x + h, y, t, 0) - flux(x - h, y, t, 0)) / (2 * h) +
        (flux(x, y + h, t, 1) - flux(x, y - h, t, 1)) / (2 * h);
      expect(Math.abs(inTime)).toBeGreaterThan(1e-3);
      expect(inTime + outflow).toBeCloseTo(0, 6);
    }
  });

  it('is the usual one if every noise meets every datum', () => {
    // 41 × 2 pairs on a line: noise by its quantiles of a fine grid, blurred by h; data ±1. Against the exact denoiser of ±1
    // whose noise is N(0, 1 − h²) and which is blurred by h at every t.
    const h = 0.25;
    const grid = Array.from({ length: 81 }, (_, i) => (i - 40) * 0.125);
    const x0 = grid.flatMap(() => [-1, 1]);
    const noise = grid.flatMap((z) => [z, z]);
    const weights = noise.map((z) => Math.exp(-(z * z) / 2));
    const all = coupledFlow({ x0, noise, weights, deviation: h, dimension: 1 });
    const t = 0.6;
    // Given x_t, by hand: for each datum the noise is a Gaussian, N(0,1) seen as t·z + h·ξ = x − (1−t)·x_0.
    const by = (x: number) => {
      const spread = t * t + h * h;
      const parts = [-1, 1].map((clean) => {
        const rest = x - (1 - t) * clean;
        return { share: Math.exp(-(rest * rest) / (2 * spread)), v: (t * rest) / spread - clean };
      });
      const total = parts.reduce((sum, { share }) => sum + share, 0);
      return parts.reduce((sum, { share, v }) => sum + (share * v) / total, 0);
    };
    // Sums over a grid half as wide as the bell are integrals to about e^{−2π²·4}.
    for (const x of [-0.8, 0, 0.35, 1.1]) expect(all.velocity([x], t)[0]).toBeCloseTo(by(x), 9);
  });

  it('asks for whole pairs', () => {
    expect(() => coupledFlow({ x0: [1, 2], noise: [1], deviation: 1, dimension: 1 })).toThrow(
      /pairs/,
    );
    expect(() => coupledFlow({ x0: [1], noise: [1], deviation: 0, dimension: 1 })).toThrow(
      /above 0/,
    );
  });
});

describe('straightness', () => {
  it('is 0 for straight ways at an even speed, and only for these', () => {
    const frames = Float32Array.from([0, 0, 1, 2, 2, 4]);
    expect(straightness({ times: [1, 0.5, 0], frames }, 2)).toBe(0);
    // The same places at uneven times: half of the way in a quarter of the time.
    expect(straightness({ times: [1, 0.75, 0], frames }, 2)).toBeCloseTo(
      5 * (4 / 3) + 5 * 4 - 20,
      12,
    );
  });

  it('is 2 − π/2 for every number of data that are N(0, 1) themselves, and 0 on the trigonometric path', () => {
    const law = { mean: [0, 0], covariance: 1 };
    const start = normals(2);
    const n = 400;
    const times = shiftedGrid(n);
    const along = (on: typeof path) => {
      const flow = gaussianFlow({ path: on, ...law });
      const frames = Float32Array.from(times.flatMap((t) => [...flow(start, 1, t).x]));
      return straightness({ times, frames }, 2);
    };
    const square = start[0] ** 2 + start[1] ** 2;
    // A polygon of n sides is short of it by a part of about 1/n²; frames are float32.
    expect(along(path)).toBeCloseTo((2 - Math.PI / 2) * square, 3);
    expect(along(trigonometric())).toBeCloseTo(0, 6);
  });
});

describe('straightness of walked ways', () => {
  it('comes to that of the exact curve from below', () => {
    const components = [
      { weight: 0.4, mean: [0.9, 0.1], covariance: 0.05 },
      { weight: 0.6, mean: [-0.6, 0.4], covariance: 0.05 },
    ];
    const denoiser = mixtureDenoiser({ path, components });
    const start = [0.3, -1.1];
    const exact = exactStraightness(
      { denoiser, path, relative: 1e-9, absolute: 1e-9 },
      start,
      [1, 0],
    );
    const walked = (steps: number) => {
      const options = { path, velocity: denoiser.predict('flowVelocity'), start, dimension: 2 };
      return straightness(flowPaths({ ...options, times: shiftedGrid(steps), sampler: 'heun' }), 2);
    };
    // Of the second order, as Heun's method and as the energy of a polygon.
    const [coarse, fine] = [exact - walked(100), exact - walked(200)];
    expect(fine).toBeGreaterThan(0);
    expect(Math.log2(coarse / fine)).toBeGreaterThan(1.5);
    expect(fine / exact).toBeLessThan(0.01);
  });
});

describe('particles along a velocity', () => {
  it('end where the flow of a Gaussian ends, to the second order with Heun', () => {
    const law = { mean: [0.3, -0.2], covariance: 0.2 };
    const denoiser = mixtureDenoiser({ path, components: [{ weight: 1, ...law }] });
    const start = normals(6);
    const exact = gaussianFlow({ path, ...law });
    const off = (steps: number) => {
      const options = { path, velocity: denoiser.predict('flowVelocity'), start, dimension: 2 };
      const { frames, times } = flowPaths({
        ...options,
        times: shiftedGrid(steps),
        sampler: 'heun',
      });
      expect(times).toHaveLength(steps + 1);
      let most = 0;
      for (let i = 0; i < 6; i += 2)
        exact(start.subarray(i, i + 2), 1, 0).x.forEach((x, k) => {
          most = Math.max(most, Math.abs(frames[6 * steps + i + k] - x));
        });
      return most;
    };
    // Float32 frames: errors well above 1e-7 only.
    expect(Math.log2(off(16) / off(32))).toBeGreaterThan(1.7);
  });
});

describe('one family', () => {
  it('Euler on the straight path is DDIM on the variance-preserving one, at the times when that is as noisy', () => {
    const circle = trigonometric();
    const components = [
      { weight: 0.3, mean: [0.8, -0.2], covariance: 0.04 },
      { weight: 0.7, mean: [-0.5, 0.6], covariance: 0.09 },
    ];
    const on = (path: Path) => mixtureDenoiser({ path, components });
    const start = normals(2);
    const times = shiftedGrid(6);
    const flow = { path, velocity: on(path).predict('flowVelocity'), start, dimension: 2 };
    const { frames } = flowPaths({ ...flow, times, sampler: 'ddim' });
    const matched = times.map((t) => matchingTime(path, t, circle));
    const moves = oneMoveEach(
      matched.map(({ t }) => t),
      (_, s) => ({ x0: circle.at(s).signal, epsilon: circle.at(s).noise }),
    );
    const walker = { denoiser: on(circle).v, prediction: 'v', xT: start } as const;
    const states = [...walk(moves, circle, { ...walker, rng: { normal: () => Number.NaN } })];
    expect(states).toHaveLength(6);
    states.forEach(({ x }, i) => {
      // Frames are float32.
      for (const k of [0, 1])
        expect(x[k]).toBeCloseTo(matched[i + 1].scale * frames[2 * (i + 1) + k], 5);
    });
  });
});

describe('reflow', () => {
  const { centres } = planeShape('moons');
  const rows = Array.from({ length: 160 }, (_, i) => centres.subarray(2 * i, 2 * i + 2));
  const velocity = blurredDenoiser({ path, centres: rows, deviation: 0.07 }).predict(
    'flowVelocity',
  );
  const coarse = { velocity, deviation: 0.25, steps: 8 };

  it('lays out noise whose bells add up to N(0, I)', () => {
    const { noise, weights, deviation } = reflowPairs({ ...coarse, velocity: () => [0, 0] });
    const still = coupledFlow({ x0: noise, noise, weights, deviation, dimension: 2 });
    for (const [x, y] of [
      [0, 0],
      [0.4, -1.1],
      [1.7, 1.2],
    ]) {
      const normal = Math.exp(-(x * x + y * y) / 2) / (2 * Math.PI);
      // In each direction a grid's sum is off by 2 e^{−2π² h²(1−h²)/spacing²} ≈ 5.4e-4, and all is cut beyond 3.6: e^{−3.6²/2(1−h²)} ≈ 1e-3.
      expect(Math.abs(Math.exp(still.logDensity([x, y], 1)) / normal - 1)).toBeLessThan(2.2e-3);
    }
  });

  it('leaves lines that hardly disagree, where those of independent pairs do', () => {
    const second = coupledFlow(reflowPairs(coarse));
    // At x = 0, in the middle of the path, between the moons.
    const independent = blurredDenoiser({ path, centres: rows, deviation: 0.07 });
    const weights = independent.posteriorWeights([0, 0], 0.5);
    // Given x_t = 0 at t = ½, ε − x_0 = −2 x_0.
    const spread = weights.reduce(
      (sum, w, i) => sum + w * 4 * (centres[2 * i] ** 2 + centres[2 * i + 1] ** 2),
      0,
    );
    expect(second.disagreement([0, 0], 0.5)).toBeLessThan(0.3 * spread);
  });
});

describe('the clocks of published codes', () => {
  it.each(Object.values(FLOW_CODES))('$name: its answer is dx/dτ by its own clock', (code) => {
    const [x0, epsilon, t, h] = [0.7, -1.3, 0.35, 1e-6];
    const x = (at: number) => (1 - at) * x0 + at * epsilon;
    const [here, there] = [inCode(code, t), inCode(code, t + h)];
    const slope = (x(t + h) - x(t)) / (there.clock - here.clock);
    expect(slope).toBeCloseTo(here.sign * (epsilon - x0), 8);
    expect(inCode(code, code.data === 0 ? 0 : 1).clock).toBe(0);
    expect(inCode(code, 0).clock).toBe(code.data);
    expect(here.told / here.clock).toBeCloseTo(code.told, 10);
  });
});
