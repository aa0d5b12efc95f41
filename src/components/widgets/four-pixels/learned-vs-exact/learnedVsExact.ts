import { type Signal, signal } from '@preact/signals';
import { toyData } from '../../../../lib/data/toyData.ts';
import { samplingProbabilities } from '../../../../lib/math/exact/ancestral.ts';
import { finiteDenoiser } from '../../../../lib/math/exact/finite.ts';
import { type ChiSquare, chiSquareTest } from '../../../../lib/math/judge/chiSquare.ts';
import {
  makeSchedule,
  type Schedule,
  scheduleFromBetas,
} from '../../../../lib/math/process/schedule.ts';
import type { LossAtT } from '../../../../lib/plots/four-pixels/slice.ts';
import { defaultRun } from '../../../../lib/tensor/recipes/diffusion/defaults.ts';
import type { RunConfig } from '../../../../lib/tensor/recipes/diffusion/run.ts';
import { createTrainer, type Trainer } from '../../../../lib/worker/client.ts';
import { OTHERS } from '../../../../lib/worker/owner.ts';
import { sayError, sayFailure } from '../../../trainer/sayError.ts';
import { countNearest, EXAMPLE_BETAS } from '../four-pixels/fourPixels.ts';
import { type Arrow, arrows } from './slice.ts';

export const CHAINS = {
  example: 'T = 2, β = 0.1, 0.2',
  linear10: 'T = 10, linear',
  linear100: 'T = 100, linear',
} as const;
export type ChainName = keyof typeof CHAINS;
export type TwoSets = 'all16' | 'two';

export const STEPS = 1200;
export const SAMPLES = 2048;

/** What one training run on 2×2 images leaves behind, laid beside the exact answer. */
export interface Comparison {
  loss: LossAtT[];
  learned: Arrow[];
  counts: number[];
  /** Probability of each image under the exact denoiser with the same sampler. */
  expected: number[];
  test: ChiSquare;
}

export interface Session {
  status: Signal<'idle' | 'training' | 'measuring' | 'done'>;
  step: Signal<number>;
  smoothed: Signal<number>;
  error: Signal<string>;
  result: Signal<Comparison | null>;
  run(chain: ChainName, dataset: TwoSets): Promise<void>;
  stop(): void;
}

export function scheduleOfChain(chain: ChainName): Schedule {
  return chain === 'example'
    ? scheduleFromBetas(EXAMPLE_BETAS)
    : makeSchedule('linear', chain === 'linear10' ? 10 : 100);
}

/** The step whose pull is drawn: the middle of the chain. */
export const sliceTimeOf = ({ T }: Schedule) => Math.max(1, Math.round(T / 2));

/** Steps at which the loss is compared: all of them, or twenty from first to last. */
export function timesOf({ T }: Schedule): number[] {
  const count = Math.min(T, 20);
  return Array.from({ length: count }, (_, i) => 1 + Math.round((i * (T - 1)) / (count - 1)));
}

function configOf(chain: ChainName, dataset: TwoSets): RunConfig {
  const base = defaultRun(dataset);
  const { T } = scheduleOfChain(chain);
  return {
    ...base,
    steps: STEPS,
    batchSize: 128,
    learningRate: 3e-3,
    diffusion: {
      schedule: 'linear',
      T,
      prediction: 'epsilon',
      ...(chain === 'example' ? { betas: EXAMPLE_BETAS } : {}),
    },
  };
}

/** Trains in the worker, then measures: loss at each t, pull on a plane, and how often each image is drawn. */
export function createSession(): Session {
  let trainer: Trainer | null = null;
  const session: Session = {
    status: signal('idle'),
    step: signal(0),
    smoothed: signal(Number.NaN),
    error: signal(''),
    result: signal(null),
    stop() {
      trainer?.dispose();
      trainer = null;
      session.status.value = session.result.value ? 'done' : 'idle';
    },
    async run(chain, dataset) {
      session.stop();
      session.error.value = '';
      session.result.value = null;
      session.step.value = 0;
      session.status.value = 'training';
      const own = createTrainer();
      trainer = own;
      try {
        const finished = new Promise<void>((resolve, reject) => {
          own.on((event) => {
            if (event.type === 'step') {
              session.step.value = event.step;
              session.smoothed.value = event.smoothed;
            }
            if (event.type === 'paused' && event.reason === 'finished') resolve();
            if (event.type === 'paused' && event.reason === 'asked') reject(new Error(OTHERS));
            if (event.type === 'error')
              void sayFailure(event).then((account) =>
                reject(new Error(Object.values(account).join(' '))),
              );
          });
        });
        await own.start(configOf(chain, dataset), { keep: false });
        await finished;
        session.status.value = 'measuring';
        session.result.value = await measure(own, chain, dataset);
        session.status.value = 'done';
      } catch (error) {
        const message = await sayError(error);
        if (trainer !== own) return; // stopped by the reader
        session.error.value = message;
        session.status.value = 'idle';
      } finally {
        own.dispose();
        if (trainer === own) trainer = null;
      }
    },
  };
  return session;
}

async function measure(trainer: Trainer, chain: ChainName, dataset: TwoSets): Promise<Comparison> {
  const schedule = scheduleOfChain(chain);
  const { data, weights } = toyData(dataset);
  const denoiser = finiteDenoiser({ data, weights, schedule });
  const { points } = await trainer.evaluate({
    kind: 'lossPerT',
    timesteps: timesOf(schedule),
    samplesPerT: 4096,
    seed: 11,
    weights: 'ema',
  });
  const loss = points.map(({ t, mean, standardError }) => ({
    t,
    mean,
    standardError,
    floor: denoiser.lossFloor(t, 'epsilon') / 4,
  }));
  const sliceT = sliceTimeOf(schedule);
  const learned = await arrows(
    async (x) => (await trainer.activations({ x: Float32Array.from(x), t: sliceT })).x0,
  );
  const { images } = await trainer.sample({
    count: SAMPLES,
    steps: schedule.T,
    sampler: 'ddpm',
    variance: 'betaTilde',
    seed: 3,
    clip: false,
    weights: 'ema',
  });
  const counts = countNearest(images, data);
  const expected = [
    ...samplingProbabilities({ schedule, data, weights, variance: 'betaTilde' }).probabilities,
  ];
  return {
    loss,
    learned,
    counts,
    expected,
    test: chiSquareTest(counts, expected),
  };
}
