/** Why something was refused, failed or is warned of: codes with values, in plain data. The page makes the sentences. */
import type { CheckpointReason } from '../checkpoint/error.ts';
import type { DataReason } from '../data/dataError.ts';
import type { None, ReasonOf, Told } from '../data/reason.ts';
import type { Crash } from './asking.ts';

/** Why the browser's storage could not be used. */
export type StorageFault = 'silent' | 'full' | 'forbidden';

/** Why a command is not carried out. */
export interface RefusalValues {
  /** The reader asked for something else before this was done; `closed`: its worker was ended for good. */
  cancelled: { closed: boolean };
  ownedElsewhere: None;
  /** Nothing is trained yet; no checkpoint is loaded; a shelved run is no longer there. */
  noRun: { missing: 'run' | 'model' | 'shelved' };
  badConfig: Told | { question: string };
  /** `url`: where one could not be fetched from. */
  badCheckpoint: { why: CheckpointReason } | { url: string; status: number };
  /** `measured`: the data set on which a network was to be measured. */
  dataUnavailable: { why: DataReason; measured?: string };
  /** Two choices of backend and kernels, of which one computes already. */
  backendFailed: Told | { running: BackendChoice; asked: BackendChoice };
  internal: Told | { storage: StorageFault } | { crash: Crash };
}

export interface BackendChoice {
  backend: string;
  kernels: string;
}

export type ErrorCode = keyof RefusalValues;
export type RefusalReason = ReasonOf<RefusalValues>;

/** How a run, or its beginning, fails. `kept` and `step` are steps of training. */
export interface FailureValues {
  lossNotFinite: { at: number; kept: number };
  /** `what` happened to the device; `next`: what computes from now on. */
  deviceLost: { at: number; what: string; kept: number; training: boolean; next: string };
  noBackendLeft: { what: string; why: RefusalReason; kept: number };
  crashed: { at: number; why: RefusalReason; kept: number };
  /** `step` is that of the run before, null where there was none. */
  notStarted: { why: RefusalReason; step: number | null };
  badCheckpoint: { why: CheckpointReason };
  /** The worker itself ended. */
  workerStopped: { crash: Crash };
}
export type Failure = ReasonOf<FailureValues>;

export interface WarningValues {
  backendSkipped: Told;
  /** A run cannot be stored: by the browser's fault, or because another tab has gone on with it. */
  storage: { why: StorageFault | 'elsewhere' };
  dataFallback: DataReason;
  savedRunUnreadable: { step: number; why: CheckpointReason | Told };
  /** A model's classes, of which the data set says nothing. */
  labelsIgnored: { dataset: string; classes: number };
  noLocks: None;
}
export type WarningCode = keyof WarningValues;
export type Warning = ReasonOf<WarningValues>;
