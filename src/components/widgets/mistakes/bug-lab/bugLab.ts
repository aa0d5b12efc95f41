import { type Signal, signal } from '@preact/signals';
import type { BugName } from '../../../../lib/math/mistakes/bugs.ts';
import { BUG_NAMES } from '../../../../lib/math/mistakes/bugs.ts';
import { createRng } from '../../../../lib/math/numerics/rng.ts';
import { defaultRun } from '../../../../lib/tensor/recipes/diffusion/defaults.ts';
import type { SampleRequest } from '../../../../lib/tensor/recipes/diffusion/questions.ts';
import type { RunConfig } from '../../../../lib/tensor/recipes/diffusion/run.ts';
import { createTrainer, type Trainer } from '../../../../lib/worker/client.ts';
import { OTHERS } from '../../../../lib/worker/owner.ts';
import { sayError, sayFailure } from '../../../trainer/sayError.ts';

export const STEPS = 1500;
const SAMPLES = 512;

export interface Outcome {
  losses: { step: number; loss: number }[];
  /** x and y, one after another. */
  samples: Float32Array;
}

export interface BugLab {
  right: Signal<Outcome | null>;
  broken: Signal<Outcome | null>;
  bug: Signal<BugName | null>;
  busy: Signal<'' | 'right' | 'broken'>;
  progress: Signal<number>;
  error: Signal<string>;
  play(bug: BugName): Promise<void>;
  stop(): void;
}

const config = (bug?: BugName): RunConfig => ({
  ...defaultRun('points'),
  steps: STEPS,
  ...(bug ? { bug } : {}),
});

// η = 1 over 25 strides: every mistake of the sampler has a chance to show.
const request: SampleRequest = {
  count: SAMPLES,
  steps: 25,
  sampler: 'ddim',
  eta: 1,
  seed: 4,
  clip: true,
  weights: 'ema',
};

/** A mistake picked by a seed: a link or a class can share a round. */
export const mysteryOf = (round: number): BugName =>
  BUG_NAMES[createRng(`bug lab ${round}`).int(BUG_NAMES.length)];

export function createBugLab(): BugLab {
  let trainer: Trainer | null = null;
  const train = async (bug: BugName | undefined): Promise<Outcome> => {
    const own = createTrainer();
    trainer = own;
    try {
      const losses: Outcome['losses'] = [];
      const over = new Promise<void>((resolve, reject) => {
        own.on((event) => {
          if (event.type === 'step') {
            lab.progress.value = event.step;
            losses.push({ step: event.step, loss: event.smoothed });
          }
          if (event.type === 'paused' && event.reason !== 'asked') resolve();
          if (event.type === 'paused' && event.reason === 'asked') reject(new Error(OTHERS));
          // A loss that is not finite is an outcome here: the weights before it are kept and sampled.
          if (event.type === 'error' && event.code !== 'lossNotFinite')
            void sayFailure(event).then(({ message, todo }) =>
              reject(new Error(`${message} ${todo}`)),
            );
        });
      });
      await own.start(config(bug), { keep: false });
      await over;
      return { losses, samples: (await own.sample(request)).images };
    } finally {
      own.dispose();
    }
  };
  const lab: BugLab = {
    right: signal(null),
    broken: signal(null),
    bug: signal(null),
    busy: signal(''),
    progress: signal(0),
    error: signal(''),
    stop() {
      trainer?.dispose();
      lab.busy.value = '';
    },
    async play(bug) {
      lab.stop();
      lab.error.value = '';
      lab.broken.value = null;
      lab.bug.value = bug;
      try {
        if (!lab.right.value) {
          lab.busy.value = 'right';
          lab.right.value = await train(undefined);
        }
        lab.busy.value = 'broken';
        lab.broken.value = await train(bug);
      } catch (error) {
        const message = await sayError(error);
        if (lab.busy.value) lab.error.value = message;
      }
      lab.busy.value = '';
    },
  };
  return lab;
}
