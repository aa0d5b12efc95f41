/** What continuous paths add: preconditioning, laws of the time, grids, and a Gaussian's flow in closed form. */
import { describe, expect, it } from 'vitest';
import { gaussianFlow } from '../../src/lib/math/exact/gaussianFlow.ts';
import { mixtureDenoiser } from '../../src/lib/math/exact/mixture.ts';
import { integrate } from '../../src/lib/math/numerics/quadrature.ts';
import { normalCdf } from '../../src/lib/math/numerics/special.ts';
import { predictionTarget } from '../../src/lib/math/process/parameterization.ts';
import { PATHS } from '../../src/lib/math/process/paths.ts';
import { preconditioning } from '../../src/lib/math/process/preconditioning.ts';
import {
  logitNormalDensity,
  logitNormalTime,
  logNormalSigma,
} from '../../src/lib/math/process/timeLaws.ts';
import {
  exponentialGrid,
  karrasGrid,
  pathGrid,
  shiftedGrid,
} from '../../src/lib/math/samplers/grids.ts';
import { expectAbsolute, expectClose, expectRelative } from './helpers.ts';

describe('preconditioning', () => {
  it.each(Object.entries(PATHS))(
    '%s: skip·x_t + output·F is x_0, and the input has variance 1',
    (_n, path) => {
      for (const sigma of [0.02, 0.5, 20]) {
        const t = path.time(sigma);
        const point = path.at(t);
        const factors = preconditioning(point, 0.7);
        const F = predictionTarget('edmF', [0.6], [-1.3], t, path, { sigmaData: 0.7 })[0];
        const xt = point.signal * 0.6 + point.noise * -1.3;
        expectAbsolute(factors.skip * xt + factors.output * F, 0.6, 1e-14);
        const variance = 0.49 * point.signal ** 2 + point.noise ** 2;
        expectRelative(factors.input ** 2 * variance, 1, 1e-14);
        expectRelative(Math.exp(4 * factors.label), sigma, 1e-12);
      }
    },
  );

  it('has no label without noise or without signal', () => {
    for (const t of [0, 1])
      expect(() => preconditioning(PATHS.straight.at(t))).toThrow(/Preconditioning: expected some/);
  });
});

describe('laws of the time', () => {
  it('the logit-normal density is that of its draws', () => {
    for (const law of [undefined, { mean: -0.6, std: 1.7 }]) {
      const { mean = 0, std = 1 } = law ?? {};
      for (const t of [0.001, 0.3, 0.9]) {
        // P(time ≤ t), from the draws' own z.
        const z = (Math.log(t / (1 - t)) - mean) / std;
        expectRelative(logitNormalTime(z, law), t, 1e-13);
        const below = [0, 1e-9, 1e-6, 1e-4, 0.001, 0.01, 0.1, 0.5, 0.9].filter((at) => at < t);
        const mass = integrate((at) => logitNormalDensity(at, law), [...below, t]);
        expectAbsolute(mass, normalCdf(z), 1e-9);
      }
    }
    expect(logitNormalDensity(0)).toBe(0);
    expect(logitNormalDensity(1)).toBe(0);
  });

  it('σ of EDM: its logarithm is normal', () => {
    expectRelative(Math.log(logNormalSigma(0.5)), -0.6, 1e-15);
    expectRelative(Math.log(logNormalSigma(-2, { mean: 1, std: 2 })), -3, 1e-15);
  });
});

describe('grids', () => {
  const range = { sigmaMin: 0.002, sigmaMax: 80 };
  const steps = (values: number[]) => values.slice(1).map((value, i) => value - values[i]);

  it('are even in what they say, from end to end, and arrive at 0', () => {
    const even: [number[], (sigma: number) => number][] = [
      [karrasGrid(10, range), (sigma) => sigma ** (1 / 7)],
      [karrasGrid(10, range, 1), (sigma) => sigma],
      [exponentialGrid(10, range), Math.log],
    ];
    for (const [grid, f] of even) {
      expect(grid).toHaveLength(11);
      expectRelative(grid[0], 80, 1e-14);
      expectRelative(grid[9], 0.002, 1e-12);
      expect(grid[10]).toBe(0);
      const differences = steps(grid.slice(0, -1).map(f));
      expectClose(
        differences,
        differences.map(() => differences[0]),
        1e-12,
      );
    }
    expectClose(karrasGrid(1, range), [80, 0], 1e-14);
    const path = PATHS.variancePreserving;
    const times = pathGrid(5, path, 0.2).slice(0, -1).map(path.time);
    expectClose(times, [1, 0.8, 0.6, 0.4, 0.2], 1e-13);
  });

  it('a shift moves even times towards the noise, and its inverse back', () => {
    expectClose(shiftedGrid(4), [1, 0.75, 0.5, 0.25, 0], 1e-15);
    const shifted = shiftedGrid(4, 3);
    expectClose(
      shifted.map((t) => t / (3 - 2 * t)),
      [1, 0.75, 0.5, 0.25, 0],
      1e-14,
    );
    expect(shifted[2]).toBeCloseTo(0.75, 14);
  });

  it('what makes no grid is told', () => {
    const bad = [
      () => karrasGrid(0, range),
      () => karrasGrid(2.5, range),
      () => karrasGrid(3, range, 0),
      () => karrasGrid(3, { sigmaMin: 2, sigmaMax: 1 }),
      () => exponentialGrid(3, { sigmaMin: 0, sigmaMax: 1 }),
      () => pathGrid(3, PATHS.straight, 2),
      () => shiftedGrid(3, -1),
    ];
    for (const make of bad) expect(make).toThrow(/^Grid: expected a whole number of steps/);
  });
});

describe('the flow of a Gaussian', () => {
  const law = {
    mean: [0.4, -0.7],
    covariance: [
      [0.5, 0.3],
      [0.3, 0.2],
    ],
  };

  it.each(Object.entries(PATHS))(
    '%s: follows the velocity, and the density with it',
    (_name, path) => {
      const flow = gaussianFlow({ ...law, path });
      const denoiser = mixtureDenoiser({ components: [{ weight: 1, ...law }], path });
      const [from, to] = [path.time(0.4), path.time(4)];
      const x = [0.9, -0.2];
      const end = flow(x, from, to);
      expectAbsolute(
        denoiser.logDensity(end.x, to) + end.integral,
        denoiser.logDensity(x, from),
        1e-12,
      );
      expectClose(flow(end.x, to, from).x, x, 1e-12);

      const h = 1e-5 * to;
      const [before, after] = [-h, h].map((step) => flow(x, from, to + step));
      const velocity = denoiser.predict('flowVelocity')(end.x, to);
      const jacobian = denoiser.jacobian('flowVelocity')(end.x, to);
      const slope = after.x.map((value, k) => (value - before.x[k]) / (2 * h));
      // h² of the third derivative, of the size of the velocity.
      expectClose(slope, velocity, 1e-7);
      const change = (after.integral - before.integral) / (2 * h);
      expectRelative(change, jacobian[0][0] + jacobian[1][1], 1e-7);
    },
  );

  it('needs a density to start from', () => {
    const flow = gaussianFlow({ mean: [1], covariance: 0, path: PATHS.straight });
    expect(flow([2], 1, 0).x).toEqual(Float64Array.of(1));
    expect(() => flow([1], 0, 1)).toThrow(/Flow: expected a law with a density at time 0/);
  });
});
