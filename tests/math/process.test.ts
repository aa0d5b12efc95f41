import { describe, expect, it } from 'vitest';
import { logPdf } from '../../src/lib/math/numerics/gaussian.ts';
import { integrate } from '../../src/lib/math/numerics/quadrature.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { diffuse, forwardStep, mergeNoise } from '../../src/lib/math/process/forward.ts';
import {
  convertPrediction,
  PREDICTION_KINDS,
  type PredictionKind,
  predictionTarget,
} from '../../src/lib/math/process/parameterization.ts';
import { posterior, signalDrop } from '../../src/lib/math/process/posterior.ts';
import {
  makeSchedule,
  SCHEDULE_KINDS,
  type Schedule,
  scheduleFromBetas,
} from '../../src/lib/math/process/schedule.ts';
import { ddimStep } from '../../src/lib/math/samplers/ddim.ts';
import { ancestralStep } from '../../src/lib/math/samplers/ddpm.ts';
import { type Combination, readingOf, weightsOf } from '../../src/lib/math/samplers/program.ts';
import { sample } from '../../src/lib/math/samplers/sample.ts';
import { timesteps } from '../../src/lib/math/samplers/timesteps.ts';
import { expectAbsolute, expectClose, expectRelative } from './helpers.ts';

const schedule = makeSchedule('linear', 40);
const rng = createRng('process');
const noise = (n = 4) => rng.fillNormal(new Float64Array(n));
const x0 = Float64Array.of(1, -1, 0.5, 0);

describe('forward', () => {
  it('t steps and the closed form give the same x_t from the same noise', () => {
    const noises = Array.from({ length: 40 }, () => noise());
    let x: Float64Array = x0;
    for (let t = 1; t <= 40; t++) {
      x = forwardStep(x, t, schedule, noises[t - 1]);
      const atOnce = diffuse(x0, t, schedule, mergeNoise(noises, t, schedule));
      expectClose(x, atOnce, 1e-13);
    }
  });

  it('has the closed form’s mean and variance (20,000 draws, 5 standard errors)', () => {
    const short = scheduleFromBetas([0.1, 0.2, 0.3]);
    const n = 20_000;
    let x: Float64Array = new Float64Array(n).fill(1);
    for (let t = 1; t <= 3; t++) x = forwardStep(x, t, short, noise(n));
    const mean = x.reduce((a, b) => a + b, 0) / n;
    const variance = x.reduce((s, v) => s + (v - mean) ** 2, 0) / n;
    const expected = short.noiseVariance[3];
    expectAbsolute(mean, Math.sqrt(short.alphaBar[3]), 5 * Math.sqrt(expected / n));
    expectAbsolute(variance, expected, 5 * expected * Math.sqrt(2 / n));
  });

  it('refuses noise of another shape and t = 0', () => {
    expect(() => diffuse(x0, 3, schedule, noise(3))).toThrow(/expected 4 values.*found 3/);
    expect(() => forwardStep(x0, 0, schedule, noise())).toThrow(RangeError);
  });
});

describe('posterior', () => {
  it.each([
    [2, 1],
    [17, 16],
    [40, 39],
    [30, 7],
  ])('q(x_s | x_t, x_0) from t = %i to s = %i is Bayes’ rule, by quadrature', (t, s) => {
    const [clean, xt] = [0.7, -0.4];
    const alpha = schedule.alphaBar[t] / schedule.alphaBar[s];
    const joint = (x: number) =>
      Math.exp(
        logPdf(x, Math.sqrt(schedule.alphaBar[s]) * clean, schedule.noiseVariance[s]) +
          logPdf(xt, Math.sqrt(alpha) * x, 1 - alpha),
      );
    const q = posterior(schedule, t, s);
    const mean = q.x0Coefficient * clean + q.xtCoefficient * xt;
    const sigma = Math.sqrt(q.variance);
    const around = [-12, -4, 0, 4, 12].map((k) => mean + k * sigma);
    const moment = (k: number) => integrate((x) => joint(x) * x ** k, around);
    expectRelative(moment(1) / moment(0), mean, 1e-9);
    expectRelative(moment(2) / moment(0) - mean ** 2, q.variance, 1e-8);
  });

  it.each([
    [2, 1],
    [17, 9],
    [30, 1],
  ])('knows the signal that is lost between t = %i and s = %i', (t, s) => {
    const difference = schedule.snr[s] - schedule.snr[t];
    expectRelative(signalDrop(posterior(schedule, t, s)), difference, 1e-12);
  });

  it('is a point mass at x_0 for s = 0', () => {
    expect(posterior(schedule, 1)).toEqual({ x0Coefficient: 1, xtCoefficient: 0, variance: 0 });
    expectRelative(posterior(schedule, 30, 0).x0Coefficient, 1, 1e-14);
  });
});

describe('parameterization', () => {
  it.each([1, 20, 40])('all sixteen conversions reproduce the targets at t = %i', (t) => {
    const epsilon = noise();
    const xt = diffuse(x0, t, schedule, epsilon);
    const target = (kind: (typeof PREDICTION_KINDS)[number]) =>
      predictionTarget(kind, x0, epsilon, t, schedule);
    for (const from of PREDICTION_KINDS) {
      for (const to of PREDICTION_KINDS) {
        const converted = convertPrediction(target(from), xt, from, to, t, schedule);
        expectClose(converted, target(to), 1e-11);
      }
    }
  });
});

describe('sampler steps', () => {
  /** x_s = a·x_t + b·prediction + c·z */
  const numbers = (step: Combination, prediction: PredictionKind, t: number, of: Schedule) => {
    const [{ registers, answer, z }] = weightsOf([step], readingOf(prediction, t, of));
    return { a: registers[0], b: answer, c: z };
  };
  const pairs = [
    [1, 0],
    [2, 1],
    [40, 39],
    [40, 11],
    [25, 0],
  ];
  it.each(SCHEDULE_KINDS)('DDIM with η = 1 is DDPM with β̃, strided too: %s', (kind) => {
    const s = makeSchedule(kind, 40);
    for (const [from, to] of pairs) {
      for (const prediction of PREDICTION_KINDS) {
        const ddim = numbers(ddimStep(s, from, to, 1), prediction, from, s);
        const ddpm = numbers(ancestralStep(s, from, to, 'betaTilde'), prediction, from, s);
        for (const k of ['a', 'b', 'c'] as const) {
          expectAbsolute(ddim[k], ddpm[k], 1e-10 * (1 + Math.abs(ddpm[k])));
        }
      }
    }
  });

  it.each([0, 0.3, 1])('DDIM keeps the marginals of q for η = %f', (eta) => {
    for (const [t, s] of pairs) {
      // With the true ε: x_s must be √ᾱ_s x_0 + noise of variance 1 − ᾱ_s.
      const { a, b, c } = numbers(ddimStep(schedule, t, s, eta), 'epsilon', t, schedule);
      const signal = a * Math.sqrt(schedule.alphaBar[t]);
      const fromEpsilon = a * Math.sqrt(schedule.noiseVariance[t]) + b;
      expectRelative(signal, Math.sqrt(schedule.alphaBar[s]), 1e-12);
      expectAbsolute(fromEpsilon ** 2 + c ** 2, schedule.noiseVariance[s], 1e-12);
    }
  });

  it('the ε-form of the ancestral step is Algorithm 2', () => {
    const t = 17;
    const { a, b, c } = numbers(ancestralStep(schedule, t, t - 1, 'beta'), 'epsilon', t, schedule);
    const beta = schedule.beta[t];
    expectRelative(a, 1 / Math.sqrt(1 - beta), 1e-13);
    expectRelative(b, -beta / Math.sqrt(schedule.noiseVariance[t] * (1 - beta)), 1e-12);
    expectRelative(c, Math.sqrt(beta), 1e-14);
  });

  it('adds no noise on arrival', () => {
    for (const variance of ['beta', 'betaTilde'] as const) {
      expect(ancestralStep(schedule, 1, 0, variance).z).toBe(0);
    }
    expect(ddimStep(schedule, 9, 0, 1).z).toBe(0);
  });

  it('refuses η outside [0, 1]', () => {
    expect(() => ddimStep(schedule, 2, 1, 1.1)).toThrow(/η: expected/);
  });

  it.each([
    [1000, 1000],
    [1000, 50],
    [1000, 7],
    [1000, 999],
    [5, 1],
    [1, 1],
  ])('timesteps(%i, %i) fall strictly from T to 0', (T, steps) => {
    const times = timesteps(T, steps);
    expect([times.length, times[0], times.at(-1)]).toEqual([steps + 1, T, 0]);
    for (let i = 1; i < times.length; i++) expect(times[i]).toBeLessThan(times[i - 1]);
  });

  it('refuses more steps than T', () => expect(() => timesteps(5, 6)).toThrow(RangeError));
});

describe('sample', () => {
  /** A denoiser that knows the image. */
  const oracle = () => x0;
  it.each(['ddpm', 'ddim'] as const)(
    '%s arrives at what the denoiser says, in any number of steps',
    (sampler) => {
      for (const steps of [1, 3, 40]) {
        const run = sample({
          schedule,
          denoiser: oracle,
          prediction: 'x0',
          xT: noise(),
          rng,
          steps,
          sampler,
        });
        const states = [...run];
        expect(states.length).toBe(steps);
        expectClose(states.at(-1)!.x, x0, 1e-12);
      }
    },
  );

  it('η = 1 and β̃ walk the same path under the same noise', () => {
    const xT = noise();
    const denoiser = (x: Float64Array) => x.map((v) => Math.tanh(v));
    const path = (options: object) => [
      ...sample({
        schedule,
        denoiser,
        prediction: 'epsilon',
        xT,
        rng: createRng(5),
        steps: 9,
        ...options,
      }),
    ];
    const ddim = path({ sampler: 'ddim', eta: 1 });
    path({ sampler: 'ddpm' }).forEach(({ x, t, s }, i) => {
      expect([t, s]).toEqual([ddim[i].t, ddim[i].s]);
      expectClose(x, ddim[i].x, 1e-10);
    });
  });

  it('clips the predicted image, and only that', () => {
    const denoiser = () => Float64Array.of(3, -3, 0.5, 0);
    const run = sample({
      schedule,
      denoiser,
      prediction: 'x0',
      xT: noise(),
      rng,
      steps: 4,
      clip: true,
    });
    for (const { x0: predicted } of run) expect([...predicted]).toEqual([1, -1, 0.5, 0]);
  });
});
