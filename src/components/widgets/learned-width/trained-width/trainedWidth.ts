/** Trains a network of two answers in the worker, then asks it: terms with each width, one slice of its width, few-step draws. */
import { type Signal, signal } from '@preact/signals';
import { toyData } from '../../../../lib/data/toyData.ts';
import { type BinaryDraws, judgeBinary } from '../../../../lib/math/judge/binaryDraws.ts';
import { sampled } from '../../../../lib/math/numerics/curves.ts';
import { fractionOf } from '../../../../lib/math/objectives/hybridLoss.ts';
import type {
  EvaluationPoint,
  SampleRequest,
} from '../../../../lib/tensor/recipes/diffusion/questions.ts';
import type { Trainer } from '../../../../lib/worker/client.ts';
import { createExact, type ExactClient } from '../../../../lib/worker/exact/client.ts';
import { sayError } from '../../../trainer/sayError.ts';
import { createShortRun } from '../../shared/shortRun.ts';
import { type TinyRun, tinyConfig } from '../../shared/tinyRun.ts';

export const SETS = ['all16', 'bars'] as const;
export type WidthSet = (typeof SETS)[number];
export const WIDTHS = ['betaTilde', 'beta', 'learned'] as const;
export type Width = (typeof WIDTHS)[number];
export const FEW = [4, 8, 16] as const;

/** Short, so that β̃ and β are far apart and the bound has something to teach at every t. */
export const CHAIN = { kind: 'cosine', T: 16 } as const;
export const STEPS = 2500;
export const TERM_DRAWS = 256;
export const DRAWS = 2048;
/** The time at which the network is asked along x_t = (x, x, x, x). */
export const SLICE_T = 6;
export const SLICE = [-2.4, 2.4] as const;
/** Pictures shown of each width, in the fewest steps. */
const SHOWN = 8;

export interface FewStepScore {
  steps: number;
  width: Width;
  network: BinaryDraws;
  exact: BinaryDraws;
  /** The first draws of the network. */
  pictures: number[][];
}

export interface TrainedWidthState {
  run: TinyRun;
  phase: Signal<'idle' | 'terms' | 'slice' | 'draws' | 'done'>;
  /** Of the phase, 0 … 1. */
  progress: Signal<number>;
  error: Signal<string>;
  terms: Signal<EvaluationPoint[]>;
  slice: Signal<{ x: number; y: number }[]>;
  scores: Signal<FewStepScore[]>;
  start(dataset: WidthSet): Promise<void>;
  stop(): void;
}

export function createTrainedWidth(): TrainedWidthState {
  let abort = new AbortController();
  const exact = createExact();
  const configOf = (options: Parameters<typeof tinyConfig>[0]) => ({
    ...tinyConfig(options),
    diffusion: { schedule: CHAIN.kind, T: CHAIN.T, prediction: options.prediction },
  });
  const run = createShortRun(configOf, (event) => {
    const trainer = run.trainer();
    const options = run.options.value;
    if (event.type === 'paused' && event.reason === 'finished' && trainer && options)
      void look(trainer, options.dataset as WidthSet, abort.signal);
  });
  const state: TrainedWidthState = {
    run,
    phase: signal('idle'),
    progress: signal(0),
    error: signal(''),
    terms: signal([]),
    slice: signal([]),
    scores: signal([]),
    async start(dataset) {
      state.stop();
      await run.start({ dataset, prediction: 'v', weighting: 'hybrid', steps: STEPS });
    },
    stop() {
      abort.abort();
      abort = new AbortController();
      exact.drop();
      run.stop();
      state.phase.value = 'idle';
      state.progress.value = 0;
      state.error.value = '';
      state.terms.value = [];
      state.slice.value = [];
      state.scores.value = [];
    },
  };

  async function look(trainer: Trainer, dataset: WidthSet, signal: AbortSignal): Promise<void> {
    try {
      state.phase.value = 'terms';
      await trainer.evaluate(
        { kind: 'bits', samplesPerT: TERM_DRAWS, seed: 7, weights: 'ema' },
        (point, done, of) => {
          if (signal.aborted) return;
          state.terms.value = [...state.terms.value, point];
          state.progress.value = done / of;
        },
        { signal },
      );
      state.phase.value = 'slice';
      const slice = await sliceOf(trainer);
      if (signal.aborted) return;
      state.slice.value = slice;
      state.phase.value = 'draws';
      const asked = FEW.flatMap((steps) => WIDTHS.map((width) => ({ steps, width })));
      for (const [i, one] of asked.entries()) {
        const score = await scoreOf(trainer, exact, dataset, one);
        if (signal.aborted) return;
        state.scores.value = [...state.scores.value, score];
        state.progress.value = (i + 1) / asked.length;
      }
      state.phase.value = 'done';
    } catch (reason) {
      const message = await sayError(reason);
      if (signal.aborted) return; // stopped by the reader
      state.error.value = message;
      state.phase.value = 'idle';
    }
  }
  return state;
}

/** f of the first pixel along x_t = (x, x, x, x). Each pixel has two answers, one after the other. */
async function sliceOf(trainer: Trainer) {
  const points: { x: number; y: number }[] = [];
  for (const { x } of sampled(() => 0, SLICE, 33)) {
    const { prediction } = await trainer.activations({
      x: new Float32Array(4).fill(x),
      t: SLICE_T,
    });
    points.push({ x, y: fractionOf(prediction[1]) });
  }
  return points;
}

/** Draws of the network and of the exact denoiser, from the same noise. */
async function scoreOf(
  trainer: Trainer,
  exact: ExactClient,
  dataset: WidthSet,
  { steps, width }: Pick<FewStepScore, 'steps' | 'width'>,
): Promise<FewStepScore> {
  const { data } = toyData(dataset);
  const [count, seed] = [DRAWS, 3];
  const request: SampleRequest = {
    ...{ count, steps, seed, sampler: 'ddpm', clip: false, weights: 'ema' },
    ...(width === 'learned' ? { learnedWidth: true } : { variance: width }),
  };
  const [{ images }, known] = await Promise.all([
    trainer.sample(request),
    exact.draws({ schedule: CHAIN, data, steps, width, count, seed }),
  ]);
  return {
    steps,
    width,
    network: judgeBinary(images, data),
    exact: judgeBinary(known, data),
    pictures: Array.from({ length: SHOWN }, (_, i) => Array.from(images.slice(4 * i, 4 * i + 4))),
  };
}
