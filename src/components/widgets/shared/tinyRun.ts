/** A short training run of a network for 2×2 images, as signals. The worker starts with the first run. */

import { type Signal, signal } from '@preact/signals';
import type { ToyName } from '../../../lib/data/toyData.ts';
import type { Weighting } from '../../../lib/math/objectives/weights.ts';
import { defaultRun } from '../../../lib/tensor/recipes/diffusion/defaults.ts';
import type { RunConfig } from '../../../lib/tensor/recipes/diffusion/run.ts';
import { createTrainer, type Trainer } from '../../../lib/worker/client.ts';
import type { WorkerEvent } from '../../../lib/worker/protocol.ts';
import { sayError, sayFailure } from '../../trainer/sayError.ts';

export type TinyData = ToyName;
export type TinyPrediction = 'epsilon' | 'x0' | 'v';

export interface TinyOptions {
  dataset: TinyData;
  prediction: TinyPrediction;
  weighting: Weighting;
  steps: number;
}

/** Cosine, T = 100: fine enough for the exact kernel to reach the entropy, short enough to measure every t. */
export const TINY_SCHEDULE = { kind: 'cosine', T: 100 } as const;

export function tinyConfig({ dataset, prediction, weighting, steps }: TinyOptions): RunConfig {
  return {
    ...defaultRun(dataset),
    diffusion: { schedule: TINY_SCHEDULE.kind, T: TINY_SCHEDULE.T, prediction },
    weighting,
    steps,
  };
}

export interface TinyRun {
  status: Signal<'idle' | 'starting' | 'training' | 'paused' | 'done'>;
  step: Signal<number>;
  /** A plain sentence, '' while all is well. */
  error: Signal<string>;
  /** What is trained, null before the first run. */
  options: Signal<TinyOptions | null>;
  /** The trainer of the present run, null before it. */
  trainer(): Trainer | null;
  start(options: TinyOptions): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Ends the worker and forgets the run. */
  stop(): void;
}

export function createTinyRun(onEvent: (event: WorkerEvent) => void = () => {}): TinyRun {
  let trainer: Trainer | null = null;
  const show = (of: Trainer | null) => (text: string) => {
    if (trainer === of) run.error.value = text;
  };
  const fail = (reason: unknown) => {
    void sayError(reason).then(show(trainer));
    run.status.value = trainer ? 'paused' : 'idle';
  };
  const run: TinyRun = {
    status: signal('idle'),
    step: signal(0),
    error: signal(''),
    options: signal(null),
    trainer: () => trainer,
    async start(options) {
      run.stop();
      const own = createTrainer();
      trainer = own;
      run.options.value = options;
      run.status.value = 'starting';
      own.on((event) => {
        if (trainer !== own) return;
        if (event.type === 'step') {
          run.step.value = event.step;
          if (run.status.value === 'starting') run.status.value = 'training';
        }
        if (event.type === 'paused')
          run.status.value = event.reason === 'finished' ? 'done' : 'paused';
        if (event.type === 'error')
          void sayFailure(event)
            .then((account) => Object.values(account).join(' '))
            .then(show(own));
        onEvent(event);
      });
      await own
        .start(tinyConfig(options), { keep: false })
        .catch((reason) => trainer === own && fail(reason));
    },
    async pause() {
      await trainer?.pause().catch(fail);
    },
    async resume() {
      run.status.value = 'training';
      await trainer?.resume().catch(fail);
    },
    stop() {
      trainer?.dispose();
      trainer = null;
      run.status.value = 'idle';
      run.step.value = 0;
      run.error.value = '';
      run.options.value = null;
    },
  };
  return run;
}
