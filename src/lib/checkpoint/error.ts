/** What can be wrong with a checkpoint file, said so that a reader can act on it. */

export type CheckpointErrorCode =
  /** The bytes are not a sound safetensors file. */
  | 'malformed'
  /** Larger than anything the book trains. */
  | 'oversized'
  /** A sound file, but not one of this book's. */
  | 'foreign'
  /** The config inside is not valid. */
  | 'config'
  /** The tensors do not fit the config. */
  | 'tensors';

export interface CheckpointErrorParts {
  code: CheckpointErrorCode;
  /** What happened, one sentence. */
  happened: string;
  /** What to do, one sentence. */
  todo?: string;
}

/** `message` is three sentences: what happened, what was kept, what to do. */
export class CheckpointError extends Error {
  code: CheckpointErrorCode;
  happened: string;
  kept = 'The current weights are unchanged.';
  todo: string;

  constructor({ code, happened, todo }: CheckpointErrorParts) {
    const advice = todo ?? 'Choose a .safetensors file that this lab has saved or exported.';
    super(`${happened} The current weights are unchanged. ${advice}`);
    this.name = 'CheckpointError';
    this.code = code;
    this.happened = happened;
    this.todo = advice;
  }
}
