/** Training reaches the exact floor, and the network's bound meets the exact one from above. */
import { expect, it } from 'vitest';
import { all16 } from '../../src/lib/data/toy2x2.ts';
import { exactBound } from '../../src/lib/math/bound/elbo.ts';
import { finiteDenoiser } from '../../src/lib/math/exact/finite.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';
import { withWidth } from '../../src/lib/plots/bound/modelLedger.ts';
import { defaultRun } from '../../src/lib/tensor/recipes/diffusion/defaults.ts';
import {
  evaluate,
  spreadTimesteps,
  type TermEstimate,
  totalOf,
} from '../../src/lib/tensor/recipes/diffusion/evaluate.ts';
import {
  disposeSession,
  openSession,
  trainStep,
} from '../../src/lib/tensor/recipes/diffusion/train.ts';
import { useBackend } from './support/backends.ts';

it('2×2: half as many steps as the default run takes come within 5 % of the exact loss floor, and never below it', async () => {
  await useBackend('wasm', 'ours');
  // The rate falls at their end, as in the whole run.
  const config = { ...defaultRun('all16'), steps: 2000 };
  const { prediction, T } = config.diffusion;
  const schedule = makeSchedule(config.diffusion.schedule, T);
  const data = all16();
  const rows = Array.from({ length: 16 }, (_, i) => data.images.slice(i * 4, i * 4 + 4));
  const exact = finiteDenoiser({ data: rows, schedule });
  const times = spreadTimesteps(T, 50);
  // Per element, as the loss is.
  const floorOf = (t: number) => exact.lossFloor(t, prediction) / 4;
  const floor = times.reduce((sum, t) => sum + floorOf(t), 0) / times.length;

  const session = await openSession(config, data);
  while (session.step < config.steps) await trainStep(session);
  // The compiled network: that it says what the ops say, kernels-wasm-plan.test.ts holds.
  const network = session.stepper.quick!('ema')!;
  const model = { network, params: {}, diffusion: config.diffusion };

  let excess = 0;
  let variance = 0;
  const options = { kind: 'lossPerT', samplesPerT: 2048, seed: 3, timesteps: times } as const;
  for await (const { t, mean, standardError } of evaluate(model, data, options)) {
    excess += (mean - floorOf(t)) / times.length;
    variance += (standardError / times.length) ** 2;
  }
  expect(excess / floor).toBeLessThan(0.05);
  expect(excess).toBeGreaterThan(-4 * Math.sqrt(variance));

  const bound = exactBound({ schedule, data: rows, variance: 'betaTilde', decoder: 'discretized' });
  const terms: TermEstimate[] = [];
  const all = Array.from({ length: T }, (_, i) => i + 1);
  for await (const term of evaluate(model, data, {
    kind: 'bits',
    samplesPerT: 256,
    seed: 4,
  }))
    terms.push(term);
  expect(terms.map(({ t }) => t)).toEqual([0, ...all]);
  expect(terms[0].mean).toBeCloseTo(bound.prior / (4 * Math.LN2), 6);
  const { total, totalStandardError } = totalOf('bits', terms);
  expect(total).toBeGreaterThan(bound.bitsPerDim - 4 * totalStandardError);
  expect(total).toBeLessThan(bound.bitsPerDim * 1.2 + 4 * totalStandardError);

  // A learned width is worth what it is to the exact denoiser: below both fixed ones, above the exact account.
  const sum = (own: { mean: number }[]) => own.reduce((s, { mean }) => s + mean, 0);
  const subject = { schedule, dimension: 4 };
  const learned = sum(withWidth(terms, 'learned', subject).terms);
  const least = exactBound({ schedule, data: rows, variance: 'learned', decoder: 'discretized' });
  expect(learned).toBeLessThan(total);
  expect(learned).toBeLessThan(sum(withWidth(terms, 'beta', subject).terms));
  expect(learned).toBeGreaterThan(least.bitsPerDim - 4 * totalStandardError);
  disposeSession(session);
});
