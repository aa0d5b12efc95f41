/**
 * What the worker knows of whatever it trains. A recipe parses its settings, names its modules with their parameters, and
 * opens a training: steps that give numbers, the state of each module, drawings, measurements. Loop, storage, files, meter
 * and film know these types and no others; record.ts has the recipes.
 */
import type { Dataset, Pairing, Split } from '../../data/dataset.ts';
import type { DatasetName } from '../../data/records.ts';
import type { FlatState } from '../optimizer.ts';
import type { BackendName, KernelChoice, WeightSet } from '../options.ts';
import type { ParamSpec } from '../params.ts';

/** What every run has, whatever it trains: (its settings) are all that a link needs to reproduce it on the same backend. */
export interface RunSettings {
  /** Its name in the record; left out by runs of the first recipe, which were kept before there were others. */
  recipe?: string;
  dataset: DatasetName;
  /** The reader's own: for dataset 'drawn' 2×2 images, four numbers in [-1, 1] each; for 'points' centres of two numbers. */
  drawn?: number[][];
  /** For 'points' with centres: pairs of noise and the end of the exact flow from it. */
  pairing?: Pairing;
  batchSize: number;
  seed: number;
  /** Total steps; 0 trains until it is paused. */
  steps: number;
  backend: 'auto' | BackendName;
  kernels: KernelChoice;
}

/**
 * The parameters of each module, by its name (letters and digits, not `run`), in the order in which they lie in a file. Each has
 * an optimiser of its own.
 */
export type Modules = Record<string, ParamSpec[]>;

/** A run on the host: what each module's optimiser remembers. The random stream is a function of (seed, step). */
export interface RunState {
  /** Steps of the run; a module may have taken fewer. */
  step: number;
  modules: Record<string, FlatState>;
}

/** What a step of the training brings. Every number must be finite; a run with one that is not goes back. */
export interface StepReport {
  /** From 1. */
  step: number;
  loss: number;
  /** Other numbers by name, e.g. `gradNorm`, `accuracy`, the loss of a second module. */
  scalars: Record<string, number>;
  /** Single terms of the loss, each with its place in [0, 1) of what the recipe sorts them by. */
  terms?: { places: ArrayLike<number>; values: ArrayLike<number> };
}

export interface DrawRequest {
  count: number;
  seed: number;
  /** Which weights of the run; files for others hold the averaged ones only. */
  weights: WeightSet;
  /** Every frame on the way, not the last only. */
  trajectory?: boolean;
}

/** One frame on the way of a drawing, `count` pictures of h·w·c numbers around [-1, 1] (NHWC). */
export interface Frame {
  /** The way from one place to the next, falling to 0. */
  from: number;
  to: number;
  x: Float32Array<ArrayBuffer>;
  /** Where the recipe saw the end when it made this frame. */
  guess?: Float32Array<ArrayBuffer>;
}

/** A drawing under way, by the weights of the moment when it was asked for. Its tensors are freed at the end of the frames. */
export interface Drawing {
  /** Height, width, channels of a picture. */
  shape: readonly [number, number, number];
  total: number;
  /** After each step; null where that one is not shown. */
  frames: AsyncGenerator<Frame | null, void>;
}

export interface MeasureRequest {
  weights: WeightSet;
  /** Of the data; default 'train'. */
  split?: Split;
}

/** A measurement under way: its points one by one, and what they come to. */
export interface Measurement<Point, Result> {
  /** How many points there will be. */
  of: number;
  points: AsyncGenerator<Point, void>;
  result(points: Point[]): Result;
}

/** The data types of one recipe. */
export interface Kind {
  config: RunSettings;
  /** What a file of weights says of its modules. */
  description: { recipe?: string; dataset: DatasetName };
  draw: DrawRequest;
  measure: MeasureRequest;
  point: unknown;
  result: unknown;
  /** A look into the layers, for one input. */
  look: object;
  layers: unknown;
}

/**
 * What can be asked of modules with weights, in training or loaded. What cannot be, or has no meaning, is a RangeError
 * that says so, before anything is computed; what is left out, the recipe does not do.
 */
export interface Answers<K extends Kind> {
  draw?(request: K['draw']): Promise<Drawing>;
  measure?(request: K['measure'], data: Dataset): Promise<Measurement<K['point'], K['result']>>;
  look?(request: K['look']): Promise<K['layers']>;
}

/** A run in progress on the present backend. It reads its config anew at each step: some settings may change on the way. */
export interface Training<K extends Kind = Kind> extends Answers<K> {
  /** Steps taken. */
  readonly step: number;
  /**
   * Issues the next step and returns without waiting for the device. Several may be under way on a GPU; the numbers of an
   * `unread` one may stay there until a later one's are read, or `flush` is called.
   */
  next(unread?: boolean): Promise<StepReport>;
  flush?(): void;
  /** The state at the moment of the call, whatever steps follow. */
  read(): Promise<RunState>;
  /** Floating-point operations of a step for each example of its batch. */
  readonly flops: number;
  /** Threads of its own; left out: those of the backend. */
  readonly threads?: number;
  /** Bytes of memory of its own, beside the tensors. */
  readonly bytes?: number;
  /** What of the fastest way could not be had, as a sentence. */
  readonly note?: string;
  /** It cannot be used afterwards. */
  dispose(): void;
}

/** Modules with fixed weights, in host memory: tensors are made for each use, so that they outlive a lost device. */
export interface Loaded<K extends Kind = Kind> extends Answers<K> {
  dispose(): void;
}

export interface Recipe<K extends Kind = Kind> {
  /** Checks settings that came from a link or a file. Throws RangeError or CheckpointError, naming the first wrong one. */
  parse(settings: unknown): K['config'];
  /** What of them a file of weights says of itself. */
  describe(config: K['config']): K['description'];
  /** Checks the same. Throws CheckpointError. */
  parseDescription(value: unknown): K['description'];
  /**
   * The settings of a run that goes on from weights alone, which stand at `step`. `told`: what their file says of the run
   * that they come from, which may be anything. Throws as `parse`.
   */
  settle(description: K['description'], told: Partial<K['config']>, step: number): K['config'];
  /** Names the run: what the reader sees of it and changes the learning, nothing else. Begins with its data set and ':'. */
  keyOf(config: K['config']): string;
  /** The name under which an earlier version of the book kept it. */
  formerKeyOf?(config: K['config']): string;
  /** Classes that its modules tell apart or draw; 0 where they learn without labels. */
  classes(config: K['config']): number;
  modules(description: K['description']): Modules;
  /** Settings that may change while a run goes on. */
  changeable: readonly string[];
  /** Scalars that are kept as curves, beside the loss. */
  curves?: readonly string[];
  /** Starts a run on the present backend, or continues one. Throws RangeError where the data do not fit the modules. */
  open(config: K['config'], data: Dataset, state?: RunState): Promise<Training<K>>;
  /** `weights`: of each module, flat in the order of its specs. */
  load(
    description: K['description'],
    weights: Record<string, Float32Array<ArrayBuffer>>,
  ): Loaded<K>;
}
