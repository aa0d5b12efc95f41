/** What the page shows while the worker gets something ready, and when a command fails: the old state stays, and a sentence says why. */

import { WorkerError } from '../../lib/worker/client.ts';
import { sayError } from './sayError.ts';
import type { SessionState, Trouble } from './sessionState.ts';
import { en as say } from './words.ts';

export interface Attempts {
  /** Runs `work`; a failure becomes `trouble`, and whatever stood before stays. */
  attempt: Tried;
  /** The same for files: what comes of them is said beside their buttons. */
  filing: Tried;
  /** Runs `work(false)`; where another tab has the run, `work(true)` is offered, which takes it over. */
  claiming<T>(work: (take: boolean) => Promise<T>, tried?: Tried): Promise<T | null>;
  /** Shows that the worker gets something ready; where that fails, what stood before stands. */
  opening<T>(work: () => Promise<T>): Promise<T>;
  /** A failure that the worker tells of, said where the commands of now are. */
  tell(trouble: Trouble): void;
}

/** `again` is how the same can be had where another tab has the run. */
type Tried = <T>(work: () => Promise<T>, again?: () => void) => Promise<T | null>;

const codeOf = (error: unknown) => (error instanceof WorkerError ? error.code : 'internal');

export function createAttempts(s: SessionState): Attempts {
  /** Commands about files that are under way. */
  let files = 0;
  const troubleOf = () => (files > 0 ? s.fileTrouble : s.trouble);

  const attempt: Tried = async (work, again) => {
    try {
      return await work();
    } catch (error) {
      const code = codeOf(error);
      // Stopped by the reader, who knows.
      if (code === 'cancelled') return null;
      const message = await sayError(error);
      const trouble = troubleOf();
      // The worker says the same as an event first, with what was kept: that one stays.
      if (!trouble.value?.message.includes(message.slice(0, 60)))
        trouble.value = {
          message,
          kept: code === 'ownedElsewhere' ? '' : say.run.untouched,
          todo: '',
          ...(code === 'ownedElsewhere' && again
            ? { action: { label: say.run.takeOver, act: again } }
            : {}),
        };
      return null;
    }
  };

  const filing: Tried = async (work, again) => {
    s.fileNote.value = '';
    s.fileTrouble.value = null;
    files++;
    try {
      return await attempt(work, again);
    } finally {
      files--;
    }
  };

  let openings = 0;
  return {
    attempt,
    filing,
    claiming(work, tried = attempt) {
      const go = (take: boolean) =>
        tried(
          () => work(take),
          () => void go(true),
        );
      return go(false);
    },
    async opening(work) {
      const own = ++openings;
      const before = s.state.value === 'loading' ? 'paused' : s.state.value;
      s.state.value = 'loading';
      try {
        return await work();
      } catch (error) {
        // A command that came later has a state of its own.
        if (own === openings && s.state.value === 'loading') {
          const otherwise = codeOf(error) === 'cancelled' ? 'idle' : 'failed';
          s.state.value = s.run.value ? before : otherwise;
        }
        throw error;
      } finally {
        if (own === openings) s.progress.value = null;
      }
    },
    tell(trouble) {
      troubleOf().value = trouble;
    },
  };
}
