/** What the worker tells by itself: how the run goes, and what went wrong. */
import type { BackendInfo } from '../tensor/options.ts';
import type { Frame, Kind } from '../tensor/recipes/recipe.ts';
import type { MemoryInfo, PictureSize } from './questions.ts';
import type { Failure, Warning } from './reasons.ts';
import type { RunState } from './runTypes.ts';

/** Terms of the loss are also averaged in this many equal ranges of their places: bucket k holds those in [k/10, (k+1)/10). */
export const LOSS_BUCKETS = 10;

export type WorkerEvent<K extends Kind = Kind> =
  | { type: 'state'; state: RunState }
  /** What runs from now on. */
  | {
      type: 'ready';
      /** Another number is another run: what was heard of the one before is over. The same: its backend changed. */
      run: number;
      /** Its name (runKey). */
      key: string;
      step: number;
      backend: BackendInfo;
      parameters: number;
      config: K['config'];
    }
  /** Another tab or trainer took the run over; it was saved at `step` and is no longer here. */
  | { type: 'yielded'; key: string; step: number }
  /** The worker itself ended, and with it what it held; the next command begins with a new one. */
  | { type: 'gone' }
  | { type: 'progress'; loaded: number; total: number; label: string }
  | {
      type: 'step';
      step: number;
      /** Target, 0 = none. */
      steps: number;
      /** Of this step's batch. */
      loss: number;
      /** Running mean of the loss (math/numerics/runningMean.ts). */
      smoothed: number;
      stepsPerSecond: number;
      imagesPerSecond: number;
      /** The recipe's other numbers of the step, by name. */
      scalars: Record<string, number>;
      memory: MemoryInfo;
      /** Counted floating-point work of the steps per second, 10⁹. */
      gflops: number;
      /** Seconds to the target at the present speed; NaN without a target. */
      secondsLeft: number;
      /** Seconds of training in this run so far (pauses not counted). */
      seconds: number;
    }
  | {
      /** All steps since the last such event, none left out. */
      type: 'losses';
      steps: Int32Array;
      losses: Float32Array;
      /** The recipe's other curves, by the names of their scalars. */
      curves: Record<string, Float32Array>;
      /** LOSS_BUCKETS running means over the places of the loss's terms (NaN where none fell yet). */
      buckets: Float32Array;
    }
  | ({
      type: 'frame';
      id: number;
      /** 1…total. */
      index: number;
      total: number;
    } & Frame &
      PictureSize)
  | { type: 'saved'; step: number; bytes: number; where: 'indexedDB' | 'memory' }
  | { type: 'restored'; step: number; date: string }
  | { type: 'paused'; step: number; reason: 'asked' | 'finished' | 'failed' }
  | { type: 'measured'; id: number; done: number; of: number; point: K['point'] }
  | ({ type: 'warning' } & Warning)
  | ({ type: 'error' } & Failure);
