import { sayThrown } from '../src/lib/words/errors/index.ts';

/** What a reader is told when `work` fails, '' where it does not. */
export const said = (work: Promise<unknown>): Promise<string> => work.then(() => '', sayThrown);

/** The same of a function that throws at once. */
export function saidOf(work: () => unknown): string {
  try {
    work();
    return '';
  } catch (error) {
    return sayThrown(error);
  }
}
