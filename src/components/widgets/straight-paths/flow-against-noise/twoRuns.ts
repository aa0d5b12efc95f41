/** The same network on the same images, once asked for the velocity of the straight path, once for the noise of a chain. */
import { type Signal, signal } from '@preact/signals';
import type { DatasetName } from '../../../../lib/data/records.ts';
import { defaultRun } from '../../../../lib/tensor/recipes/diffusion/defaults.ts';
import type { RunConfig } from '../../../../lib/tensor/recipes/diffusion/run.ts';
import { createTrainer, type Trainer } from '../../../../lib/worker/client.ts';
import { OTHERS } from '../../../../lib/worker/owner.ts';
import { sayError, sayFailure } from '../../../trainer/sayError.ts';

export const SETS = ['bars', 'digits'] as const satisfies readonly DatasetName[];
export type SetName = (typeof SETS)[number];
export const ASKED = ['velocity', 'noise'] as const;
export type Asked = (typeof ASKED)[number];
/** Steps of the solver. */
export const FEWER = [1, 2, 4, 8, 50];

/** Steps of training, and images in each drawing. */
export const SIZES: Record<SetName, { steps: number; count: number; side: number }> = {
  bars: { steps: 1000, count: 36, side: 2 },
  digits: { steps: 1000, count: 16, side: 28 },
};
const SEED = 5;

function configOf(dataset: SetName, asked: Asked): RunConfig {
  const base = defaultRun(dataset);
  return {
    ...base,
    steps: SIZES[dataset].steps,
    diffusion: { ...base.diffusion, prediction: 'epsilon' },
    ...(asked === 'velocity' && { weighting: 'flow' as const }),
  };
}

/** For each number of steps, the images one after another. */
export type Drawings = Float32Array[];

export interface TwoRuns {
  status: Signal<'idle' | 'training' | 'drawing'>;
  /** What is trained now. */
  now: Signal<Asked>;
  step: Signal<number>;
  error: Signal<string>;
  drawings: Signal<Partial<Record<Asked, Drawings>>>;
  run(dataset: SetName): Promise<void>;
  stop(): void;
}

export function createTwoRuns(): TwoRuns {
  let trainer: Trainer | null = null;
  const runs: TwoRuns = {
    status: signal('idle'),
    now: signal('velocity'),
    step: signal(0),
    error: signal(''),
    drawings: signal({}),
    stop() {
      trainer?.dispose();
      trainer = null;
      runs.status.value = 'idle';
    },
    async run(dataset) {
      runs.stop();
      runs.error.value = '';
      runs.drawings.value = {};
      for (const asked of ASKED) {
        const own = createTrainer();
        trainer = own;
        try {
          runs.now.value = asked;
          runs.step.value = 0;
          runs.status.value = 'training';
          await trained(own, configOf(dataset, asked), runs.step);
          runs.status.value = 'drawing';
          const drawn = await drawings(own, dataset);
          if (trainer !== own) return; // stopped by the reader
          runs.drawings.value = { ...runs.drawings.value, [asked]: drawn };
        } catch (error) {
          const message = await sayError(error);
          if (trainer !== own) return;
          runs.error.value = message;
          runs.stop();
          return;
        } finally {
          own.dispose();
        }
      }
      runs.stop();
    },
  };
  return runs;
}

/** Resolves when the run has come to its end. */
async function trained(own: Trainer, config: RunConfig, step: Signal<number>): Promise<void> {
  const finished = new Promise<void>((resolve, reject) => {
    own.on((event) => {
      if (event.type === 'step') step.value = event.step;
      if (event.type === 'paused' && event.reason === 'finished') resolve();
      if (event.type === 'paused' && event.reason === 'asked') reject(new Error(OTHERS));
      if (event.type === 'error')
        void sayFailure(event).then((account) =>
          reject(new Error(Object.values(account).join(' '))),
        );
    });
  });
  await own.start(config, { keep: false });
  await finished;
}

async function drawings(own: Trainer, dataset: SetName): Promise<Drawings> {
  const found: Drawings = [];
  for (const steps of FEWER) {
    const { images } = await own.sample({
      count: SIZES[dataset].count,
      steps,
      sampler: 'ddim',
      seed: SEED,
      clip: true,
      weights: 'ema',
    });
    found.push(images);
  }
  return found;
}
