/** What can be wrong with a checkpoint file. */
import { asText, type None, type ReasonOf } from '../data/reason.ts';
import type { KnownFormat } from './foreign.ts';

/** Why bytes are not a sound safetensors file. Lengths in bytes. */
export interface MalformedValues {
  looksLike: { format: KnownFormat };
  short: { found: number };
  headerLength: { claimed: string; found: number };
  headerJson: None;
  headerObject: None;
  /** The header has a key twice. */
  twice: None;
  metadata: None;
  /** Of the tensor `name`, here and below. */
  dtype: { name: string; found: string };
  shape: { name: string };
  span: { name: string; found: string; length: number };
  size: { name: string; shape: number[]; dtype: string; needed: number; claimed: number };
  integer: { name: string; found: number };
  place: { name: string; found: number; expected: number };
  surplus: { length: number };
  /** The checksum, in hex, is another: altered after it was written. */
  damaged: { expected: string; found: string };
}

/** What a field of the config should be. */
export interface ExpectedValues {
  object: None;
  integer: { low: number; high: number };
  oneOf: { choices: readonly string[] };
  multipliers: { levels: number; most: number };
  answers: None;
  /** `levels`: of a UNet, whence the divisor. */
  divisible: { by: number; levels?: number };
  /** A multiple of the groups of its normalisation. */
  grouped: { groups: number };
  /** Numbers between 0 and 1. */
  fractions: { count: number };
}
export type Expected = ReasonOf<ExpectedValues>;

export interface ConfigValues {
  /** `found` as JSON, '' for nothing. */
  field: { path: string; expected: Expected; found: string };
  notJson: { key: string };
  record: None;
  /** The run's record has no number of steps; `found` as JSON. */
  steps: { found: string };
}

/** All of the tensor `name`. */
export interface TensorValues {
  notFinite: { name: string };
  missing: { name: string };
  shape: { name: string; expected: readonly number[]; found: readonly number[] };
  surplus: { name: string };
}

export interface CheckpointValues {
  malformed: ReasonOf<MalformedValues>;
  /** Larger than anything the book trains. Bytes. */
  oversized: { found: number; most: number };
  /** A sound file, but not one of this book's; or of a recipe that was not asked for. `first`: its first tensor. */
  foreign:
    | { format: string; tensors: number; first: string; expected: string }
    | { recipe: string; expected: string };
  /** The config inside is not valid. */
  config: ReasonOf<ConfigValues>;
  /** The tensors do not fit the config. */
  tensors: ReasonOf<TensorValues>;
}

export type CheckpointReason = ReasonOf<CheckpointValues>;
export type CheckpointErrorCode = keyof CheckpointValues;

/** `message` is for programmers; readers get the sentences of `reason`. The weights that there were are unchanged. */
export class CheckpointError extends Error {
  readonly reason: CheckpointReason;

  constructor(reason: CheckpointReason) {
    super(asText(reason));
    this.name = 'CheckpointError';
    this.reason = reason;
  }

  get code(): CheckpointErrorCode {
    return this.reason.code;
  }
}
