/** Samplers as programs: the numbers of before there were any, and what every program keeps. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { PredictionKind } from '../../src/lib/math/process/parameterization.ts';
import { makeSchedule, scheduleFromBetas } from '../../src/lib/math/process/schedule.ts';
import { churnedSigma } from '../../src/lib/math/samplers/heun.ts';
import {
  MOST_REGISTERS,
  moved,
  readingOf,
  registerCount,
  weightsOf,
} from '../../src/lib/math/samplers/program.ts';
import {
  evaluationsOf,
  SAMPLER_NAMES,
  SAMPLER_PARAMETERS,
  SAMPLERS,
  type SamplerChoice,
  samplerMoves,
} from '../../src/lib/math/samplers/record.ts';
import { sample } from '../../src/lib/math/samplers/sample.ts';
import { timesteps } from '../../src/lib/math/samplers/timesteps.ts';

/** Made by `sample` when DDPM and DDIM were three numbers a step. */
const before: {
  betas: number[];
  cases: (SamplerChoice & { prediction: PredictionKind; clip: boolean; states: number[][] })[];
} = JSON.parse(readFileSync('tests/fixtures/samplerStates.json', 'utf8'));

/** Noise of another kind that is the same everywhere. */
function source() {
  let k = 1;
  return {
    normal() {
      k = (k * 16807) % 2147483647;
      return 3 * (k / 2147483647 - 0.5);
    },
  };
}

const named = before.cases.map(({ states, ...options }) => ({ options, states }));
it.each(named)('a link of before draws the same numbers: $options', ({ options, states }) => {
  const walk = sample({
    ...options,
    schedule: scheduleFromBetas(before.betas),
    denoiser: (x, t) => x.map((v) => (t / 10) * (v / (1 + v * v)) - 0.25),
    xT: [1.5, -0.3],
    rng: source(),
    steps: 4,
  });
  const found = [...walk].map(({ x }) => [...x]);
  expect(found.length).toBe(states.length);
  // Four steps of some ten roundings: conversions between predictions may round in another order than then.
  states.forEach((state, i) => {
    state.forEach((value, k) => {
      expect(Math.abs(found[i][k] - value)).toBeLessThan(
        40 * 2 ** -52 * Math.max(1, ...state.map(Math.abs)),
      );
    });
  });
});

describe.each(SAMPLER_NAMES)('%s', (sampler) => {
  const schedule = makeSchedule('linear', 40);
  const moves = (steps: number) => samplerMoves(schedule, timesteps(40, steps), { sampler });

  it.each([1, 2, 7, 40])('asks as often as it says, and reaches every time: %i steps', (steps) => {
    const program = moves(steps);
    const asked = program.filter(({ t }) => t !== undefined).length;
    expect(asked).toBe(evaluationsOf({ sampler }, steps));
    const reached = program.flatMap(({ s }) => (s === undefined ? [] : [s]));
    expect([40, ...reached]).toEqual(timesteps(40, steps));
  });

  it('sets all its registers in each move, no more than there are, and arrives without noise', () => {
    const program = moves(7);
    const count = registerCount(program);
    expect(count).toBeLessThanOrEqual(MOST_REGISTERS);
    for (const { sets } of program) {
      expect(sets.length).toBe(count);
      for (const { registers = [] } of sets) expect(registers.length).toBeLessThanOrEqual(count);
    }
    expect(program.at(-1)?.sets[0].z ?? 0).toBe(0);
  });

  it('ends on the image, if the denoiser knows it', () => {
    // Euler–Maruyama arrives only as its steps shrink (samplerOrders.test.ts).
    if (sampler === 'eulerMaruyama') return;
    const image = [1, -1, 0.5, 0];
    for (const steps of [1, 3, 40]) {
      const xT = [0.3, -2, 1, 0.1];
      const options = { schedule, denoiser: () => image, prediction: 'x0', xT, steps } as const;
      const states = [...sample({ ...options, sampler, rng: source() })];
      expect(states.length).toBe(steps);
      states.at(-1)?.x.forEach((value, k) => {
        expect(Math.abs(value - image[k])).toBeLessThan(1e-12);
      });
    }
  });

  it('shares a setting with another sampler only if it is the same one', () => {
    const own: Record<string, unknown> = SAMPLERS[sampler].parameters;
    for (const [name, parameter] of Object.entries(own))
      expect(SAMPLER_PARAMETERS[name as 'eta']).toBe(parameter);
  });
});

it('a move gives all registers their new values at once; one that asks nothing has no x̂_0', () => {
  const schedule = makeSchedule('linear', 10);
  const sets = [
    { registers: [0, 2], z: 3 },
    { registers: [1], x0: 5, z: -1 },
  ];
  const registers = [Float64Array.of(1, 2), Float64Array.of(10, 20)];
  const z = [0.5, 0.25];
  const rng = () => {
    const values = [...z];
    return { normal: () => values.shift()! };
  };
  const after = (t?: number, answer: number[] = []) =>
    moved(registers, weightsOf(sets, readingOf('x0', t, schedule)), answer, rng()).map((r) => [
      ...r,
    ]);
  expect(after(3, [7, 8])).toEqual([
    [20 + 1.5, 40 + 0.75],
    [1 + 35 - 0.5, 2 + 40 - 0.25],
  ]);
  expect(after()).toEqual([
    [21.5, 40.75],
    [0.5, 1.75],
  ]);
});

describe('churn', () => {
  const schedule = makeSchedule('linear', 100);
  const program = (churn: number) =>
    samplerMoves(schedule, timesteps(100, 10), { sampler: 'heun', churn });

  it('adds the noise that leads to a noisier time of the chain, from the second step on', () => {
    const [mean, variance] = [0.6, 0.3];
    const lawAt = (t: number) => {
      const signal = Math.sqrt(schedule.alphaBar[t]);
      return [signal * mean, signal ** 2 * variance + schedule.noiseVariance[t]];
    };
    const moves = program(4);
    const raises = moves.flatMap(({ t }, i) => (t === undefined ? [i] : []));
    // T is the noisiest there is.
    expect(raises.length).toBe(9);
    for (const i of raises) {
      const [from, to] = [moves[i - 1].s!, moves[i + 1].t!];
      expect(to).toBeGreaterThan(from);
      const [{ registers: [keep = 0] = [], z = 0 }] = moves[i].sets;
      const [[m, v], [m2, v2]] = [from, to].map(lawAt);
      expect(Math.abs(keep * m - m2)).toBeLessThan(1e-14);
      expect(Math.abs(keep ** 2 * v + z ** 2 - v2)).toBeLessThan(1e-14);
    }
  });

  it('of 0 is none, and σ grows by √2 at most', () => {
    expect(program(0).every(({ t }) => t !== undefined)).toBe(true);
    expect(churnedSigma(2, 3, 10)).toBeCloseTo(2.6, 14);
    expect(churnedSigma(2, 40, 10)).toBeCloseTo(2 * Math.SQRT2, 14);
  });
});
