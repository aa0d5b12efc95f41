/**
 * What the page and the training worker say to each other: plain data, one discriminated union each way.
 * The page never sees this file's commands: it calls `createTrainer()` / `createSampler()` of client.ts.
 * Image arrays are NHWC Float32Array of length count·h·w·c, values around [-1, 1].
 */
import type { CheckpointConfig, CheckpointRecord } from '../checkpoint/config.ts';
import type { DatasetName } from '../data/index.ts';
import type { FirstVariance } from '../math/firstVariance.ts';
import type {
  BackendInfo,
  BackendName,
  KernelChoice,
  SampleOptions,
  TrainOptions,
  WeightSet,
} from '../tensor/options.ts';

export type { BugName } from '../math/bugs.ts';
export type { BackendInfo, BackendName, KernelChoice, Weighting } from '../tensor/options.ts';

/** A run: (this) is all that a link needs to reproduce it on the same backend. */
export interface RunConfig extends TrainOptions {
  dataset: DatasetName;
  backend: 'auto' | BackendName;
  kernels: KernelChoice;
  /** The reader's own 2×2 images, each four numbers in [-1, 1], for dataset 'drawn'. */
  drawn?: number[][];
}

export interface SampleRequest extends SampleOptions {
  /** Which weights of the run; shipped checkpoints hold EMA weights only. */
  weights: WeightSet;
  /** Send every step (`sampleStep` with x and x̂_0), not the last image only. */
  trajectory?: boolean;
}

export interface ActivationRequest {
  /** One image, h·w·c numbers: x_t. */
  x: Float32Array;
  t: number;
  label?: number;
}

/** One feature map of the network for one image. */
export interface LayerActivation {
  /** The tensor-name prefix of the layer, e.g. 'down.0', 'middle', 'up.1', 'time', 'out'. */
  name: string;
  /** [h, w, c]; vectors are [1, 1, c]. */
  shape: [number, number, number];
  data: Float32Array;
}

export interface ActivationResult {
  layers: LayerActivation[];
  prediction: Float32Array;
  x0: Float32Array;
}

/** lossPerT: E‖prediction error‖² per element at each t. bits: the terms of the variational bound in bits per dimension. */
export const EVALUATION_KINDS = ['lossPerT', 'bits'] as const;

export interface EvaluationRequest {
  kind: (typeof EVALUATION_KINDS)[number];
  /** Timesteps to evaluate; left out: for lossPerT 20 spread over 1…T, for bits every t. */
  timesteps?: number[];
  /** Draws of (x_0, ε) per t. */
  samplesPerT: number;
  seed: number;
  weights: WeightSet;
  split?: 'train' | 'test';
}

export interface EvaluationPoint {
  /** t of the term; for bits t = 0 is the prior term L_T (closed form), t = 1 the decoder L_0. */
  t: number;
  mean: number;
  standardError: number;
  count: number;
  /** For bits at t ≥ 2, where `mean` is that of σ² = β̃: E‖x_0 − x̂_0‖², whole and by halves of the draws. */
  squaredError?: { mean: number; standardError: number; halves: [number, number] };
  /** For bits at t = 1, where `mean` is that of σ_1² = β_1: L_0 with each named σ_1². */
  decoders?: Record<FirstVariance, { mean: number; standardError: number }>;
}

export interface EvaluationResult {
  kind: EvaluationRequest['kind'];
  points: EvaluationPoint[];
  /** lossPerT: mean over t. bits: sum of the terms, the whole bound when every t was visited. */
  total: number;
  totalStandardError: number;
}

export interface SampleResult {
  images: Float32Array;
  count: number;
  height: number;
  width: number;
  channels: number;
  /** Training steps that its network had taken; 0 for one that was loaded. */
  trained: number;
  /** Time that the drawing took by itself, without what ran between its steps. */
  seconds: number;
}

export interface MemoryInfo {
  numTensors: number;
  numBytes: number;
}

/** How a run begins. */
export interface StartOptions {
  /** Go on with the run of the same name that this browser keeps. Default false. */
  restore?: boolean;
  /** Keep it in this browser, as its one owner among all tabs. Default true; a widget's own short run is nobody's to keep. */
  keep?: boolean;
  /** Train at once; else it stands still where it is. Default true. */
  train?: boolean;
  /** Take the run over from the tab that has it. Default false. */
  take?: boolean;
}

export interface LoadOptions {
  /** Where to compute; default: as the file says. */
  backend?: 'auto' | BackendName;
  kernels?: KernelChoice;
  /** As for a start. */
  take?: boolean;
  keep?: boolean;
}

export interface SavedRun {
  step: number;
  /** ISO date of the save. */
  date: string;
}

export interface ModelInfo {
  config: CheckpointConfig;
  record: CheckpointRecord | null;
  parameters: number;
  backend: BackendInfo;
}

/** A run that was loaded: its step, and all of its config. */
export interface LoadedRun extends ModelInfo {
  step: number;
  run: RunConfig;
}

export type RunState = 'idle' | 'loading' | 'training' | 'paused' | 'finished' | 'failed';

/** Losses are also averaged in this many equal ranges of t: bucket k holds t in (k·T/10, (k+1)·T/10]. */
export const LOSS_BUCKETS = 10;

export type ErrorCode =
  | 'backendFailed'
  | 'deviceLost'
  | 'lossNotFinite'
  | 'dataUnavailable'
  | 'badCheckpoint'
  | 'badConfig'
  | 'noRun'
  | 'ownedElsewhere'
  | 'cancelled'
  | 'internal';
export type WarningCode =
  | 'backendSkipped'
  | 'deviceLost'
  | 'storage'
  | 'dataFallback'
  | 'savedRunUnreadable'
  | 'kernels'
  | 'labelsIgnored'
  | 'noLocks';

export type WorkerEvent =
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
      config: RunConfig;
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
      /** Mean squared error of the prediction (unweighted, per element) of this step's batch. */
      loss: number;
      /** Running mean of the loss (math/runningMean.ts). */
      smoothed: number;
      stepsPerSecond: number;
      imagesPerSecond: number;
      gradNorm: number;
      learningRate: number;
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
      /** LOSS_BUCKETS running means over t (NaN where no t fell yet). */
      buckets: Float32Array;
    }
  | {
      type: 'sampleStep';
      id: number;
      /** From noise level t to s < t. */
      t: number;
      s: number;
      /** 1…total. */
      index: number;
      total: number;
      /** x_s and the prediction of x_0 it was made from. */
      x: Float32Array;
      x0: Float32Array;
      count: number;
      height: number;
      width: number;
      channels: number;
    }
  | { type: 'saved'; step: number; bytes: number; where: 'indexedDB' | 'memory' }
  | { type: 'restored'; step: number; date: string }
  | { type: 'paused'; step: number; reason: 'asked' | 'finished' | 'failed' }
  | { type: 'evaluation'; id: number; done: number; of: number; point: EvaluationPoint }
  | { type: 'warning'; code: WarningCode; message: string }
  /** message: what happened; kept: what was kept; todo: what the reader can do. */
  | { type: 'error'; code: ErrorCode; message: string; kept: string; todo: string };

/** Settings that may change while a run goes on. */
export interface Hyper {
  learningRate?: number;
  emaDecay?: number;
  steps?: number;
  weighting?: TrainOptions['weighting'];
  kernels?: KernelChoice;
}

/** Where a model comes from: the run in training, or a checkpoint that was loaded under a handle. */
export type ModelHandle = string;
export const RUN_MODEL: ModelHandle = 'run';

export type Command =
  | { type: 'start'; config: RunConfig; options: StartOptions; baseUrl: string }
  | { type: 'pause' }
  | { type: 'resume' }
  | { type: 'step' }
  | { type: 'reset' }
  | { type: 'setHyper'; hyper: Hyper }
  | { type: 'sample'; model: ModelHandle; request: SampleRequest }
  | { type: 'cancel'; target: number }
  | { type: 'save' }
  | { type: 'export'; record?: Record<string, string> }
  | { type: 'load'; bytes: Uint8Array; options: LoadOptions; baseUrl: string }
  /** Goes on holding what a worker held that was ended: its `save`. 'ownedElsewhere' where another has the run since. */
  | { type: 'wake'; bytes: Uint8Array; keep: boolean; baseUrl: string }
  | { type: 'takeBack'; shelved: string; options: LoadOptions; baseUrl: string }
  | {
      type: 'loadModel';
      model: ModelHandle;
      bytes: Uint8Array;
      backend: 'auto' | BackendName;
      kernels: KernelChoice;
    }
  | { type: 'unloadModel'; model: ModelHandle }
  | {
      type: 'evaluate';
      model: ModelHandle;
      request: EvaluationRequest;
      dataset?: DatasetName;
      baseUrl: string;
    }
  | { type: 'activations'; model: ModelHandle; request: ActivationRequest }
  | { type: 'memory' }
  | { type: 'savedRun'; config: RunConfig }
  | { type: 'forgetRun'; config: RunConfig; take: boolean }
  | { type: 'hidden'; hidden: boolean };

/** Page → worker. Every command is answered once, by `reply` or `refusal` with its id. */
export type Request = Command & { id: number };

/** Worker → page. */
export type WorkerMessage =
  | WorkerEvent
  | { type: 'reply'; id: number; value: unknown }
  | { type: 'refusal'; id: number; code: ErrorCode; message: string };
