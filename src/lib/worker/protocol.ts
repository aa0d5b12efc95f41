/**
 * What the page and the training worker say to each other: plain data, one discriminated union each way.
 * The page never sees this file's commands: it calls `createTrainer()` / `createSampler()` of client.ts.
 */
import type { DatasetName } from '../data/index.ts';
import type { BackendName, KernelChoice } from '../tensor/options.ts';
import type { DrawRequest, MeasureRequest, RunSettings } from '../tensor/recipes/recipe.ts';
import type { Answer, Numbered } from './asking.ts';
import type { WorkerEvent } from './events.ts';
import type { RefusalReason } from './reasons.ts';
import type { LoadOptions, StartOptions } from './runTypes.ts';

export type { BackendInfo, BackendName, KernelChoice } from '../tensor/options.ts';
export type { DrawRequest, MeasureRequest } from '../tensor/recipes/recipe.ts';
export * from './events.ts';
export * from './questions.ts';
export * from './reasons.ts';
export * from './runTypes.ts';

/** Where a model comes from: the run in training, or a checkpoint that was loaded under a handle. */
export type ModelHandle = string;
export const RUN_MODEL: ModelHandle = 'run';

export type Command =
  | { type: 'start'; config: RunSettings; options: StartOptions; baseUrl: string }
  | { type: 'pause' }
  | { type: 'resume' }
  | { type: 'step' }
  | { type: 'reset' }
  | { type: 'setHyper'; hyper: object }
  | { type: 'draw'; model: ModelHandle; request: DrawRequest }
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
      type: 'measure';
      model: ModelHandle;
      request: MeasureRequest;
      dataset?: DatasetName;
      baseUrl: string;
    }
  | { type: 'look'; model: ModelHandle; request: object }
  | { type: 'memory' }
  | { type: 'savedRun'; config: RunSettings }
  | { type: 'forgetRun'; config: RunSettings; take: boolean }
  | { type: 'hidden'; hidden: boolean };

/** Page → worker. Every command is answered once, by `reply` or `refusal` with its id. */
export type Request = Numbered<Command>;

/** Worker → page. */
export type WorkerMessage = WorkerEvent | Answer<RefusalReason>;
