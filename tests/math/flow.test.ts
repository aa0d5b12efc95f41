/** The probability-flow ODE by a solver: on every path its laws are the exact ones, and densities change as they must. */
import { describe, expect, it } from 'vitest';
import { exactStraightness } from '../../src/lib/math/exact/exactStraightness.ts';
import { finiteDenoiser } from '../../src/lib/math/exact/finite.ts';
import {
  type FlowDenoiser,
  odePath,
  odePathWithDivergence,
} from '../../src/lib/math/exact/flow.ts';
import { gaussianFlow } from '../../src/lib/math/exact/gaussianFlow.ts';
import { alongProbe, hutchinson } from '../../src/lib/math/exact/hutchinson.ts';
import { logLikelihood } from '../../src/lib/math/exact/likelihood.ts';
import { mixtureDenoiser } from '../../src/lib/math/exact/mixture.ts';
import { trace } from '../../src/lib/math/numerics/linalg.ts';
import { integrate, trapezoid } from '../../src/lib/math/numerics/quadrature.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { normalCdf } from '../../src/lib/math/numerics/special.ts';
import type { Path } from '../../src/lib/math/process/path.ts';
import { PATHS } from '../../src/lib/math/process/paths.ts';
import { expectAbsolute, expectClose } from './helpers.ts';
import { all, components } from './pathCases.ts';

const TIGHT = { absolute: 1e-12, relative: 1e-11 };
const line = [
  { weight: 0.35, mean: [-0.8], covariance: 0.04 },
  { weight: 0.65, mean: [0.7], covariance: 0.15 },
];
/** Where noise/signal is so, from the start of the path down. */
const falling = (path: Path) => [path.start, ...[3, 0.6, 0.15].map((sigma) => path.time(sigma))];

describe.each(all)('on the path %s', (_name, path) => {
  it('on a line x_t keeps its rank in the exact law of x_t', () => {
    const denoiser = mixtureDenoiser({ components: line, path });
    const rank = (x: number, t: number) => {
      const { signal, noise } = path.at(t);
      return line.reduce((sum, { weight, mean, covariance }) => {
        const width = Math.hypot(signal * Math.sqrt(covariance), noise);
        return sum + weight * normalCdf((x - signal * mean[0]) / width);
      }, 0);
    };
    const times = falling(path);
    for (const z of [-1.4, -0.4, 0.3, 2]) {
      const start = z * path.prior;
      const states = odePath({ denoiser, path, ...TIGHT }, [start], times);
      // The density is below 3, and the solver's error far below 1e-9.
      states.forEach(([x], i) => {
        expectAbsolute(rank(x, times[i]), rank(start, path.start), 3e-9);
      });
    }
  });

  it('log q_t(x_t) falls by the integral of the divergence', () => {
    const denoiser = mixtureDenoiser({ components, path });
    const times = falling(path);
    const start = [0.7, -1.1].map((value) => value * path.prior);
    const states = odePathWithDivergence({ denoiser, path, ...TIGHT }, start, times);
    const first = denoiser.logDensity(start, times[0]);
    for (const { t, x, integral } of states)
      expectAbsolute(denoiser.logDensity(x, t) + integral, first, 1e-8);
  });

  it('of one Gaussian it is the closed form, there and back', () => {
    const [{ mean, covariance }] = components;
    const denoiser = mixtureDenoiser({ components: [components[0]], path });
    const closed = gaussianFlow({ mean, covariance, path });
    const times = [...falling(path), path.start];
    const start = [0.7, -1.1].map((value) => value * path.prior);
    odePathWithDivergence({ denoiser, path, ...TIGHT }, start, times).forEach((state) => {
      const exact = closed(start, path.start, state.t);
      expectClose(state.x, exact.x, 1e-8);
      expectAbsolute(state.integral, exact.integral, 1e-8);
    });
  });
});

it('all paths lead from the same noise to the same place', () => {
  // The straight path and the circle start from noise alone: there nothing of the path is left to differ in.
  const ends = [PATHS.straight, PATHS.trigonometric].map((path) => {
    const denoiser = mixtureDenoiser({ components, path });
    return odePath({ denoiser, path, ...TIGHT }, [0.3, -0.8], [1, 0])[1];
  });
  expectClose(ends[0], ends[1], 1e-9);
});

it('curves of data that are points end on one of them', () => {
  const path = PATHS.straight;
  const denoiser = finiteDenoiser({ data: [[-1], [0.5], [1]], path });
  const end = (z: number) => odePath({ denoiser, path }, [z], [1, 1e-6])[1][0];
  // A third of all noise, by rank, goes to each.
  expectAbsolute(end(-0.5), -1, 1e-5);
  expectAbsolute(end(0), 0.5, 1e-5);
  expectAbsolute(end(0.5), 1, 1e-5);
});

describe('log likelihood', () => {
  it.each(['straight', 'variancePreserving', 'edm'] as const)(
    'of the model integrates to one on the line: %s',
    (name) => {
      const path = PATHS[name];
      const flow = { denoiser: mixtureDenoiser({ components: line, path }), path };
      const from = path.time(1e-3);
      const density = (x: number) => Math.exp(logLikelihood(flow, [x], from).logDensity);
      // Steps of 0.1 are half the narrower bell's width: e^{−2π² 4} is lost; beyond −2.4 and 3.6 it has 1e-13.
      expectAbsolute(trapezoid(density, -2.4, 3.6, 60), 1, 1e-7);
    },
  );

  it('and in the plane', () => {
    const path = PATHS.variancePreserving;
    const wide = [
      { weight: 0.4, mean: [0.7, -0.5], covariance: [0.5, 0.4] },
      { weight: 0.6, mean: [-0.6, 0.5], covariance: [0.4, 0.6] },
    ];
    const loose = { absolute: 1e-8, relative: 1e-7 };
    const flow = { denoiser: mixtureDenoiser({ components: wide, path }), path, ...loose };
    // Cells of 0.4 for standard deviations of 0.63 and more: e^{−2π² 2.5} is lost, and 2e-8 beyond 6 of them.
    const [from, to, n] = [-4.4, 4.4, 22];
    const total = trapezoid(
      (x) => trapezoid((y) => Math.exp(logLikelihood(flow, [x, y], 1e-4).logDensity), from, to, n),
      from,
      to,
      n,
    );
    expectAbsolute(total, 1, 1e-6);
  });

  it('is that of the data where the path starts from noise alone', () => {
    const path = PATHS.straight;
    const denoiser = mixtureDenoiser({ components, path });
    for (const x of [
      [0, 0],
      [0.9, -1],
      [-2, 0.4],
    ]) {
      const { logDensity, bitsPerDim } = logLikelihood({ denoiser, path, ...TIGHT }, x, 0);
      expectAbsolute(logDensity, denoiser.logDensity(x, 0), 1e-8);
      expectAbsolute(bitsPerDim, -logDensity / 2 / Math.log(2), 1e-15);
    }
  });
});

describe('Hutchinson', () => {
  const path = PATHS.variancePreserving;
  const exact = mixtureDenoiser({ components, path });
  /** A denoiser that answers, and no more. */
  const mute: FlowDenoiser = { v: exact.v };

  it('the mean over all signs is the trace, up to the square of the step', () => {
    const [x, t] = [Float64Array.of(0.3, -0.6), 0.2];
    const expected = trace(exact.jacobian('v')(x, t));
    const meanAt = (h: number) =>
      [
        [1, 1],
        [1, -1],
      ].reduce((sum, e) => sum + alongProbe((y) => exact.v(y, t), x, e, h) / 2, 0);
    const errors = [2e-2, 1e-2].map((h) => Math.abs(meanAt(h) - expected));
    expectAbsolute(errors[0] / errors[1], 4, 0.05);
    expectAbsolute(meanAt(1e-4), expected, 1e-7);
  });

  it('a denoiser without a Jacobian needs it', () => {
    expect(() => odePathWithDivergence({ denoiser: mute, path }, [0, 0], [1, 0.5])).toThrow(
      /Divergence: expected a denoiser that knows its Jacobian/,
    );
  });

  it('likelihoods from both signs of one probe and the other have the exact one as their mean', () => {
    // The curve is the same for all probes, and the integral linear in the estimate.
    const estimate = (uniforms: number[]) => {
      const rng = { uniform: () => uniforms.shift()! };
      const divergence = hutchinson(mute, 2, rng);
      return logLikelihood({ denoiser: mute, path, divergence }, [0.4, 0.1], 1e-3).logDensity;
    };
    const mean = (estimate([0, 0]) + estimate([0, 0.9])) / 2;
    const { logDensity } = logLikelihood({ denoiser: exact, path }, [0.4, 0.1], 1e-3);
    expectAbsolute(mean, logDensity, 1e-6);
    expect(Math.abs(estimate([0, 0]) - logDensity)).toBeGreaterThan(0.01);
  });

  it('one probe is kept for the whole way', () => {
    const divergence = hutchinson(mute, 2, createRng(3), 2);
    expect(divergence(Float64Array.of(0.1, 0.2), 0.3)).toBe(
      divergence(Float64Array.of(0.1, 0.2), 0.3),
    );
  });
});

describe('straightness', () => {
  const path = PATHS.straight;
  it('is 0 towards one point, whatever the noise', () => {
    const denoiser = finiteDenoiser({ data: [[0.4, -0.2]], path });
    // What a hundred steps may each be off by.
    expectAbsolute(
      exactStraightness({ denoiser, path, ...TIGHT }, [1.3, 0.8], [1, 1e-3]),
      0,
      1e-10,
    );
  });

  it.each(['straight', 'trigonometric'] as const)(
    'of a Gaussian it is its integral: %s',
    (name) => {
      const [on, s, x1] = [PATHS[name], 0.4, 1.5];
      const denoiser = mixtureDenoiser({
        components: [{ weight: 1, mean: [0], covariance: s * s }],
        path: on,
      });
      const width = (t: number) => Math.hypot(on.at(t).signal * s, on.at(t).noise);
      const slope = (t: number) => {
        const { signal, noise, signalRate, noiseRate } = on.at(t);
        return (x1 * (s * s * signal * signalRate + noise * noiseRate)) / width(t);
      };
      const chord = x1 * (1 - s);
      const exact = integrate((t) => (chord - slope(t)) ** 2, [0, 0.5, 1]);
      expectAbsolute(
        exactStraightness({ denoiser, path: on, ...TIGHT }, [x1], [1, 0]),
        exact,
        1e-9,
      );
    },
  );
});
