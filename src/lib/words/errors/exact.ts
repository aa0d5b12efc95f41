/** What readers are told when exact numbers do not come. English. */
import { type Sentences, say } from '../../data/reason.ts';
import type { ExactReason, ExactValues } from '../../worker/exact/protocol.ts';

const sentences: Sentences<ExactValues> = {
  failed: ({ message }) => message,
  notStarted: () =>
    'The worker for exact numbers did not start; nothing was lost. Try again, or reload the page.',
};

export const sayExact = (reason: ExactReason): string => say(sentences, reason);
