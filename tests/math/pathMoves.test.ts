/** Programs of networks that were trained on a path, and of those that learned the width of their steps. */
import { describe, expect, it } from 'vitest';
import { gaussianFlow } from '../../src/lib/math/exact/gaussianFlow.ts';
import { mixtureDenoiser } from '../../src/lib/math/exact/mixture.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';
import { straight } from '../../src/lib/math/process/straight.ts';
import { learnedWidthMoves } from '../../src/lib/math/samplers/ddpm.ts';
import { shiftedGrid } from '../../src/lib/math/samplers/grids.ts';
import { PATH_SAMPLERS, pathMoves } from '../../src/lib/math/samplers/pathMoves.ts';
import { samplerMoves } from '../../src/lib/math/samplers/record.ts';
import { walk } from '../../src/lib/math/samplers/sample.ts';
import { timesteps } from '../../src/lib/math/samplers/timesteps.ts';

const noNoise = { normal: () => Number.NaN };

describe('on the straight path', () => {
  const path = straight();
  const component = { mean: [0.4], covariance: 0.09 };
  const denoiser = mixtureDenoiser({ components: [{ weight: 1, ...component }], path });
  const velocity = denoiser.predict('flowVelocity');
  const exact = gaussianFlow({ path, ...component });
  const start = [0.7];
  const end = (sampler: (typeof PATH_SAMPLERS)[number], steps: number) => {
    const moves = pathMoves(path, shiftedGrid(steps), { sampler });
    const walker = {
      denoiser: velocity,
      prediction: 'flowVelocity',
      xT: start,
      rng: noNoise,
    } as const;
    return [...walk(moves, path, walker)].at(-1)!.x[0];
  };

  it.each(PATH_SAMPLERS)('%s comes to where the flow ends, with its order', (sampler) => {
    const truth = exact(start, 1, 0).x[0];
    const errors = [32, 64, 128].map((steps) => Math.abs(end(sampler, steps) - truth));
    const orders = errors.slice(1).map((error, i) => Math.log2(errors[i] / error));
    // From noise alone, where log signal/noise is −∞, and to the data, where it is ∞, DPM-Solver++ has no line to follow:
    // these steps are of the first order, and on an even grid they are always there.
    for (const order of orders) expect(order).toBeGreaterThan(sampler === 'heun' ? 1.7 : 0.9);
    if (sampler !== 'ddim') expect(errors[0]).toBeLessThan(Math.abs(end('ddim', 32) - truth));
  });

  it('DDIM is Euler: x + (s − t)·velocity', () => {
    const times = shiftedGrid(5);
    const [state] = walk(pathMoves(path, times, { sampler: 'ddim' }), path, {
      denoiser: () => [1.3],
      prediction: 'flowVelocity',
      xT: start,
      rng: noNoise,
    });
    expect(state.x[0]).toBeCloseTo(0.7 + (times[1] - 1) * 1.3, 14);
  });

  it('refuses what adds noise, and names what does not', () => {
    const times = shiftedGrid(4);
    for (const choice of [{ sampler: 'ddpm' }, { sampler: 'ddim', eta: 0.5 }] as const)
      expect(() => pathMoves(path, times, choice)).toThrow(/ddim, heun, dpmSolver/);
  });
});

describe('the learned width', () => {
  const schedule = makeSchedule('cosine', 40);
  const times = timesteps(40, 8);
  const components = [{ weight: 1, mean: [0.2, -0.3], covariance: 0.3 }];
  const denoiser = mixtureDenoiser({ components, schedule }).predict('epsilon');
  const states = (moves: Parameters<typeof walk>[0], v = Number.NaN) => {
    let k = 0;
    const rng = { normal: () => Math.sin(++k) };
    const width = () => [v, v];
    const walker = { denoiser, prediction: 'epsilon', xT: [1, -2], rng, width } as const;
    return [...walk(moves, schedule, walker)].map(({ x }) => [...x]);
  };

  it.each([
    [-1, 'betaTilde'],
    [1, 'beta'],
  ] as const)('v = %i is DDPM with %s', (v, variance) => {
    const learned = states(learnedWidthMoves(schedule, times), v);
    const fixed = states(samplerMoves(schedule, times, { sampler: 'ddpm', variance }));
    expect(learned).toHaveLength(fixed.length);
    learned.forEach((x, i) => {
      for (const [j, value] of x.entries()) expect(value).toBeCloseTo(fixed[i][j], 12);
    });
  });

  it('each pixel has its own, the geometric mean of both at v = 0', () => {
    const [{ width }] = learnedWidthMoves(schedule, times);
    let k = 0;
    const rng = { normal: () => [1, 1][k++] };
    const still = { denoiser: () => [0, 0], prediction: 'epsilon', xT: [0, 0], rng } as const;
    const [{ x }] = walk(learnedWidthMoves(schedule, times), schedule, {
      ...still,
      width: () => [0, -1],
    });
    expect(x[0]).toBeCloseTo(Math.exp((width!.narrow + width!.wide) / 4), 12);
    expect(x[1]).toBeCloseTo(Math.exp(width!.narrow / 2), 12);
  });
});
