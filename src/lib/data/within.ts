import { turns } from './turns.ts';

/** Every wait has an end: a browser's storage may answer late, or never. */
export class Silence extends Error {
  constructor(ms: number) {
    super(`no answer came within ${Math.round(ms / 100) / 10} s`);
    this.name = 'Silence';
  }
}

/** A thread that was busy for the whole time has heard nothing, whatever was said. */
const TURNS = 20;

/**
 * The promise's outcome, or a rejection with Silence after `ms` milliseconds in which the thread could have heard it; the
 * work itself goes on unheard.
 */
export async function within<T>(ms: number, work: PromiseLike<T>): Promise<T> {
  const heard = new AbortController();
  const silence = turns(() => TURNS, ms / TURNS, heard.signal).then(() => {
    throw new Silence(ms);
  });
  try {
    return await Promise.race([work, silence]);
  } finally {
    heard.abort();
  }
}
