/** What can go wrong with a data file. */
import { asText, type None, type ReasonOf, type Told } from './reason.ts';

/** Why a source of a file was passed over. */
export interface AttemptValues {
  failed: Told;
  status: { status: number };
  silence: { seconds: number };
  tooLong: { expected: number };
  length: { found: number; expected: number };
  /** SHA-256, in hex. */
  content: { found: string; expected: string };
}

export interface Attempt {
  url: string;
  reason: ReasonOf<AttemptValues>;
}

export interface MalformedValues {
  /** Lengths in bytes. */
  header: { expected: number; found: number };
  /** The first bytes in hex, which should begin with two zeros. */
  start: { found: string };
  /** In hex. */
  type: { found: string };
  rank: { found: number };
  /** Lengths in bytes of a file with so many values. */
  length: { shape: number[]; expected: number; found: number };
  gzip: None;
  labels: { images: number[]; labels: number[] };
  row: { file: string; expected: number; found: number };
}

interface Tried {
  file: string;
  attempts: Attempt[];
}

export interface DataValues {
  /** No source answered. */
  unreachable: Tried;
  /** Sources answered, but none with the right bytes. */
  altered: Tried;
  /** The bytes are not the format they should be. */
  malformed: ReasonOf<MalformedValues>;
}

export type DataReason = ReasonOf<DataValues>;

/** `fallback` names a data set that needs no network. `message` is for programmers; readers get the sentence of `reason`. */
export class DataError extends Error {
  readonly reason: DataReason;
  readonly fallback = 'digits' as const;

  constructor(reason: DataReason) {
    super(asText(reason));
    this.name = 'DataError';
    this.reason = reason;
  }

  get code(): DataReason['code'] {
    return this.reason.code;
  }
}

export const malformed = (values: ReasonOf<MalformedValues>): DataError =>
  new DataError({ code: 'malformed', values });
