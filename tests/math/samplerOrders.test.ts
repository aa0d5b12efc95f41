/** How fast the error of each sampler falls as its steps are halved, against exact solutions. */
import { describe, expect, it } from 'vitest';
import { odePath } from '../../src/lib/math/exact/flow.ts';
import { mixtureDenoiser } from '../../src/lib/math/exact/mixture.ts';
import { bisect } from '../../src/lib/math/numerics/quadrature.ts';
import { normalCdf } from '../../src/lib/math/numerics/special.ts';
import { pathOf } from '../../src/lib/math/process/process.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';
import { straight } from '../../src/lib/math/process/straight.ts';
import { dpmSolverMoves } from '../../src/lib/math/samplers/dpmSolver.ts';
import { heunStep, sigmaPoint, timePoint } from '../../src/lib/math/samplers/heun.ts';
import { midpointStep } from '../../src/lib/math/samplers/midpoint.ts';
import { readingOf, strides, weightsOf } from '../../src/lib/math/samplers/program.ts';
import { type SamplerChoice, samplerMoves } from '../../src/lib/math/samplers/record.ts';
import { sample, walk } from '../../src/lib/math/samplers/sample.ts';

/** Walks end at END, where the noise is not gone: towards σ = 0 no grid in t has equal steps in σ, whatever their number. */
const [T, END] = [4000, 800];
const schedule = makeSchedule('linear', T);
const grid = (steps: number) =>
  Array.from({ length: steps + 1 }, (_, i) => T - Math.round(((T - END) * i) / steps));
/** log₂ of the ratios of errors of n, 2n, 4n steps: the order, twice. */
const orders = (errorOf: (steps: number) => number): number[] => {
  const errors = [40, 80, 160].map(errorOf);
  return errors.slice(1).map((error, i) => Math.log2(Math.abs(errors[i] / error)));
};

describe('the probability-flow ODE of a mixture on the line', () => {
  const components = [
    { weight: 0.4, mean: [-0.8], covariance: 0.1 },
    { weight: 0.6, mean: [0.9], covariance: 0.2 },
  ];
  const denoiser = mixtureDenoiser({ components, schedule });
  /** P(x_t ≤ x) */
  const cdf = (x: number, t: number) =>
    components.reduce((sum, { weight, mean, covariance }) => {
      const [signal, noise] = [Math.sqrt(schedule.alphaBar[t]), schedule.noiseVariance[t]];
      const width = Math.sqrt(signal ** 2 * covariance + noise);
      return sum + weight * normalCdf((x - signal * mean[0]) / width);
    }, 0);
  const start = 0.35;
  // On a line paths of the ODE cannot cross, so that x_t keeps its rank in the law of x_t.
  const exact = bisect((x) => cdf(x, END) - cdf(start, T), -9, 9);
  const end = (choice: SamplerChoice, steps: number): number => {
    const rng = { normal: () => Number.NaN };
    const predict = denoiser.predict('x0');
    const options = { schedule, denoiser: predict, prediction: 'x0', xT: [start], rng } as const;
    return [...sample({ ...options, ...choice, times: grid(steps) })].at(-1)!.x[0];
  };

  it('DDIM is the first order of both: Euler in σ, and DPM-Solver++ without a memory', () => {
    const times = grid(12);
    const path = pathOf(schedule);
    const points = times.map((t) => sigmaPoint(t, path.at(t)));
    const levels = times.map((t) => ({ t, ...path.at(t) }));
    const programs = [
      strides(points).flatMap(([from, to]) => heunStep(from, to, false)),
      dpmSolverMoves(levels, new Array(12).fill(1)),
    ];
    const walker = { denoiser: denoiser.predict('x0'), prediction: 'x0', xT: [start] } as const;
    for (const moves of programs) {
      const states = [...walk(moves, schedule, { ...walker, rng: { normal: () => Number.NaN } })];
      expect(Math.abs(states[11].x[0] - end({ sampler: 'ddim' }, 12))).toBeLessThan(1e-12);
    }
  });

  it.each<[SamplerChoice, number]>([
    [{ sampler: 'ddim' }, 1],
    [{ sampler: 'heun' }, 2],
    [{ sampler: 'heun', firstStep: 'corrected' }, 2],
    [{ sampler: 'dpmSolver' }, 2],
  ])('%j has order %i', (choice, order) => {
    for (const found of orders((steps) => end(choice, steps) - exact))
      expect(Math.abs(found - order)).toBeLessThan(0.2);
    expect(Math.abs(end(choice, 640) - exact)).toBeLessThan(order === 1 ? 1e-3 : 3e-5);
  });
});

describe('the midpoint method', () => {
  const path = straight();
  const components = [
    { weight: 0.4, mean: [-0.8], covariance: 0.1 },
    { weight: 0.6, mean: [0.9], covariance: 0.2 },
  ];
  const denoiser = mixtureDenoiser({ components, path });
  const exact = odePath({ denoiser, path, absolute: 1e-13, relative: 1e-12 }, [0.35], [1, 0])[1][0];
  const end = (steps: number, place: typeof timePoint): number => {
    const point = (t: number) => place(t, path.at(t));
    const times = Array.from({ length: steps + 1 }, (_, i) => 0.9 * (1 - i / steps));
    const moves = strides(times).flatMap(([t, s]) =>
      midpointStep(point(t), point((t + s) / 2), point(s)),
    );
    const xT = odePath({ denoiser, path, absolute: 1e-13, relative: 1e-12 }, [0.35], [1, 0.9])[1];
    const ask = denoiser.predict('x0');
    const walker = {
      denoiser: ask,
      prediction: 'x0',
      xT,
      rng: { normal: () => Number.NaN },
    } as const;
    return [...walk(moves, path, walker)].at(-1)!.x[0];
  };

  it.each([
    ['time', timePoint],
    ['σ', sigmaPoint],
  ])('has order 2 all the way to the data, with the slopes in %s', (_name, place) => {
    for (const found of orders((steps) => end(steps, place) - exact))
      expect(Math.abs(found - 2)).toBeLessThan(0.2);
  });
});

/**
 * Of Gaussian data E[x_0|x_t] is a line in x_t, so that a step of any sampler that asks once keeps a Gaussian a Gaussian:
 * its mean and variance at the end are had without drawing any noise.
 */
describe('the law of a Gaussian on the way back', () => {
  const [mean, variance] = [0.6, 0.3];
  const lawAt = (t: number) => ({
    mean: Math.sqrt(schedule.alphaBar[t]) * mean,
    variance: schedule.alphaBar[t] * variance + schedule.noiseVariance[t],
  });
  function end(choice: SamplerChoice, steps: number) {
    let law = lawAt(T);
    for (const { t, sets } of samplerMoves(schedule, grid(steps), choice)) {
      const [{ registers, answer, z }] = weightsOf(sets, readingOf('x0', t, schedule));
      const [of, signal] = [lawAt(t!), Math.sqrt(schedule.alphaBar[t!])];
      const gain = (signal * variance) / of.variance;
      const slope = registers[0] + answer * gain;
      law = {
        mean: slope * law.mean + answer * (mean - gain * of.mean),
        variance: slope ** 2 * law.variance + z ** 2,
      };
    }
    return law;
  }
  const exact = lawAt(END);

  const orderOf = (choice: SamplerChoice, moment: 'mean' | 'variance') =>
    orders((steps) => end(choice, steps)[moment] - exact[moment]);

  it('Euler–Maruyama: mean and variance have order 1', () => {
    for (const moment of ['mean', 'variance'] as const)
      for (const found of orderOf({ sampler: 'eulerMaruyama' }, moment))
        expect(Math.abs(found - 1), moment).toBeLessThan(0.2);
  });

  it.each<SamplerChoice>([
    { sampler: 'ddpm', variance: 'beta' },
    { sampler: 'ddpm', variance: 'betaTilde' },
    { sampler: 'ddim', eta: 0.5 },
  ])('%j: the mean is right in any number of steps, the variance has order 1', (choice) => {
    expect(Math.abs(end(choice, 7).mean - exact.mean)).toBeLessThan(1e-14);
    for (const found of orderOf(choice, 'variance')) expect(Math.abs(found - 1)).toBeLessThan(0.2);
  });
});
