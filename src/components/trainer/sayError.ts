/**
 * Sentences for readers. They come in a chunk of their own, which a page fetches with its first worker (client.ts): few
 * readers need them. Where it cannot be had, the bare code is shown.
 */
import { asText, toldBy } from '../../lib/data/reason.ts';
import type { Failure, StorageFault, Warning } from '../../lib/worker/protocol.ts';

const fetchSentences = () => import('../../lib/words/errors/index.ts');
type Sentences = Awaited<ReturnType<typeof fetchSentences>>;

/** One promise, so that what is asked first is said first. */
let sentences: Promise<Sentences> | null = null;
const say = <T>(make: (from: Sentences) => T, otherwise: () => T): Promise<T> => {
  sentences ??= fetchSentences().catch((error) => {
    sentences = null;
    throw error;
  });
  return sentences.then(make, otherwise);
};

/** What a reader is told of anything that was thrown. Never rejects. */
export const sayError = (thrown: unknown) =>
  say(
    ({ sayThrown }) => sayThrown(thrown),
    () => toldBy(thrown).message,
  );

/** What happened, what was kept, what to do. Never rejects. */
export const sayFailure = (failure: Failure) =>
  say(
    (from) => from.sayFailure(failure),
    () => ({ message: asText(failure), kept: '', todo: '' }),
  );

export const sayWarning = (warning: Warning) =>
  say(
    (from) => from.sayWarning(warning),
    () => asText(warning),
  );

/** The beginning of a sentence. */
export const sayFault = (fault: StorageFault) =>
  say(
    (from) => from.sayFault(fault),
    () => fault as string,
  );
