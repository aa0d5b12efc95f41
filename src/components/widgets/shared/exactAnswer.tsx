import { useEffect, useMemo, useState } from 'preact/hooks';
import { sayExact } from '../../../lib/words/errors/exact.ts';
import { createExact, type ExactClient, ExactError } from '../../../lib/worker/exact/client.ts';
import { useControlWords } from '../../language/context.ts';

/** What a reader is told of an exact answer that did not come. */
export const sayWhy = (error: Error): string =>
  error instanceof ExactError ? sayExact(error.reason) : error.message;

/** Why an exact answer is missing, in a sentence ('' while it is not), and the way to ask for it again. */
export interface Missing {
  error: string;
  again(): void;
}

/**
 * One answer of the exact worker: `value` is null until it is there, and for a question that need not be asked.
 * @param key names the question; `ask` is called anew where it changes.
 */
export function useExactAnswer<T>(
  key: string,
  ask: (exact: ExactClient) => Promise<T> | null,
): Missing & { value: T | null } {
  const exact = useMemo(createExact, []);
  const [tries, setTries] = useState(0);
  const [found, setFound] = useState<{ key: string; value?: T; error?: Error } | null>(null);
  useEffect(() => {
    let stale = false;
    setFound(null);
    ask(exact)?.then(
      (value) => !stale && setFound({ key, value }),
      (error: Error) => !stale && setFound({ key, error }),
    );
    return () => {
      stale = true;
      exact.drop();
    };
  }, [key, tries]);
  // Between a change of the question and the effect above stands the answer to the last one.
  const { value = null, error } = found?.key === key ? found : {};
  return { value, error: error ? sayWhy(error) : '', again: () => setTries((n) => n + 1) };
}

/** Says what a widget lacks for want of exact numbers, and why. */
export function ExactMissing({ lacks, of: { error, again } }: { lacks: string; of: Missing }) {
  const say = useControlWords();
  if (!error) return null;
  return (
    <p class="error" role="alert">
      {lacks} {error}{' '}
      <button type="button" class="button small" onClick={again}>
        {say.tryAgain}
      </button>
    </p>
  );
}
