/** A short training run of a widget, as signals: it is nobody's to keep. The worker starts with the first run. */

import { type Signal, signal } from '@preact/signals';
import type { RunConfig } from '../../../lib/tensor/recipes/diffusion/run.ts';
import { createTrainer, type Trainer } from '../../../lib/worker/client.ts';
import type { WorkerEvent } from '../../../lib/worker/protocol.ts';
import { sayError, sayFailure } from '../../trainer/sayError.ts';

export interface ShortRun<Options> {
  status: Signal<'idle' | 'starting' | 'training' | 'paused' | 'done'>;
  step: Signal<number>;
  /** A plain sentence, '' while all is well. */
  error: Signal<string>;
  /** What is trained, null before the first run. */
  options: Signal<Options | null>;
  /** The trainer of the present run, null before it. */
  trainer(): Trainer | null;
  start(options: Options): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Ends the worker and forgets the run. */
  stop(): void;
}

/** @param configOf the run that is meant by the options. */
export function createShortRun<Options>(
  configOf: (options: Options) => RunConfig,
  onEvent: (event: WorkerEvent) => void = () => {},
): ShortRun<Options> {
  let trainer: Trainer | null = null;
  const show = (of: Trainer | null) => (text: string) => {
    if (trainer === of) run.error.value = text;
  };
  const fail = (reason: unknown) => {
    void sayError(reason).then(show(trainer));
    run.status.value = trainer ? 'paused' : 'idle';
  };
  const run: ShortRun<Options> = {
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
        .start(configOf(options), { keep: false })
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
