/** Measuring the bound of a network in the worker: the small one trained on this page, or MNIST's shipped checkpoint. */

import { type Signal, signal } from '@preact/signals';
import { makeSchedule } from '../../../../lib/math/process/schedule.ts';
import type { Stratum, Subject, TermEstimate } from '../../../../lib/plots/bound/modelLedger.ts';
import { strata, timesOf } from '../../../../lib/plots/bound/modelLedger.ts';
import { scheduleOf } from '../../../../lib/tensor/recipes/diffusion/config.ts';
import type { EvaluationRequest } from '../../../../lib/tensor/recipes/diffusion/questions.ts';
import { href } from '../../../../lib/words/paths.ts';
import type { Trainer } from '../../../../lib/worker/client.ts';
import { WorkerError } from '../../../../lib/worker/connection.ts';
import { createSampler, type Sampler } from '../../../../lib/worker/sampler.ts';
import { sayError } from '../../../trainer/sayError.ts';
import { TINY_SCHEDULE } from '../../shared/tinyRun.ts';

export interface Measurement {
  status: Signal<'idle' | 'loading' | 'measuring' | 'done'>;
  subject: Signal<Subject>;
  strata: Signal<Stratum[]>;
  terms: Signal<TermEstimate[]>;
  /** 0 … 1 */
  progress: Signal<number>;
  error: Signal<string>;
  /** The error is that the data cannot be had: something else may be measured. */
  noData: Signal<boolean>;
  /** Bytes of data still coming, as the worker tells: '' when none. */
  download: Signal<string>;
  tiny(trainer: Trainer): Promise<void>;
  mnist(): Promise<void>;
  stop(): void;
}

const TINY_DRAWS = 256;
const MNIST_DRAWS = 64;
const MNIST_PIXELS = 28 * 28;
const TINY: Subject = {
  schedule: makeSchedule(TINY_SCHEDULE.kind, TINY_SCHEDULE.T),
  dimension: 4,
};

export function createMeasurement(): Measurement {
  let abort: AbortController | null = null;
  let sampler: Sampler | null = null;
  const m: Measurement = {
    status: signal('idle'),
    subject: signal(TINY),
    strata: signal([]),
    terms: signal([]),
    progress: signal(0),
    error: signal(''),
    noData: signal(false),
    download: signal(''),
    tiny: (trainer) =>
      measure(TINY_SCHEDULE.T, async (request, onPoint, signal) => {
        await trainer.evaluate(request(TINY_DRAWS), onPoint, { signal });
      }),
    mnist: () =>
      measure(1000, async (request, onPoint, signal) => {
        sampler = createSampler();
        sampler.on((event) => {
          if (event.type === 'progress')
            m.download.value =
              event.loaded < event.total
                ? `${event.label}: ${Math.round((100 * event.loaded) / event.total)} %`
                : '';
        });
        const { config } = await sampler.load(href('checkpoints/mnist.safetensors'));
        m.subject.value = { schedule: scheduleOf(config.diffusion), dimension: MNIST_PIXELS };
        m.strata.value = strata(config.diffusion.T, 1);
        await sampler.evaluate('mnist', { ...request(MNIST_DRAWS), split: 'test' }, onPoint, {
          signal,
        });
      }),
    stop() {
      abort?.abort();
      abort = null;
      sampler?.dispose();
      sampler = null;
      m.status.value = m.status.value === 'done' ? 'done' : 'idle';
    },
  };

  type Work = (
    request: (draws: number) => EvaluationRequest,
    onPoint: (point: TermEstimate, done: number, of: number) => void,
    signal: AbortSignal,
  ) => Promise<void>;

  async function measure(T: number, work: Work): Promise<void> {
    m.stop();
    const own = new AbortController();
    abort = own;
    m.error.value = '';
    m.noData.value = false;
    m.download.value = '';
    m.progress.value = 0;
    m.terms.value = [];
    m.subject.value = TINY;
    m.strata.value = strata(T, 1);
    m.status.value = 'loading';
    const request = (samplesPerT: number): EvaluationRequest => ({
      kind: 'bits',
      timesteps: timesOf(m.strata.value),
      samplesPerT,
      seed: 7,
      weights: 'ema',
    });
    try {
      await work(
        request,
        (point, done, of) => {
          if (abort !== own) return;
          m.status.value = 'measuring';
          m.terms.value = [...m.terms.value, point];
          m.progress.value = done / of;
        },
        own.signal,
      );
      if (abort === own) m.status.value = 'done';
    } catch (reason) {
      const message = await sayError(reason);
      if (abort !== own) return; // stopped by the reader
      m.error.value = message;
      m.noData.value = reason instanceof WorkerError && reason.code === 'dataUnavailable';
      m.status.value = 'idle';
    } finally {
      if (abort === own) {
        sampler?.dispose();
        sampler = null;
      }
    }
  }
  return m;
}
