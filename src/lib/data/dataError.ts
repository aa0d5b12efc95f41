/** What can go wrong with a data file, said so that a reader can act on it. */

export type DataErrorCode =
  /** No source answered. */
  | 'unreachable'
  /** Sources answered, but none with the right bytes. */
  | 'altered'
  /** The bytes are not the format they should be. */
  | 'malformed';

export interface Attempt {
  url: string;
  reason: string;
}

export interface DataErrorParts {
  code: DataErrorCode;
  /** What happened, one sentence. */
  happened: string;
  /** What was kept, one sentence. */
  kept?: string;
  /** What to do, one sentence. */
  todo?: string;
  attempts?: Attempt[];
}

/** `message` is the three sentences in a row; `fallback` names a data set that needs no network. */
export class DataError extends Error {
  code: DataErrorCode;
  happened: string;
  kept: string;
  todo: string;
  attempts: Attempt[];
  fallback = 'digits' as const;

  constructor(parts: DataErrorParts) {
    const kept = parts.kept ?? 'Your run, its weights and all other data sets are untouched.';
    const todo =
      parts.todo ?? 'Try again later, or train on the drawn digits, which need no download.';
    super(`${parts.happened} ${kept} ${todo}`);
    this.name = 'DataError';
    this.code = parts.code;
    this.happened = parts.happened;
    this.kept = kept;
    this.todo = todo;
    this.attempts = parts.attempts ?? [];
  }
}
