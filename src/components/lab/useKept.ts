import { useEffect, useState } from 'preact/hooks';
import type { RunConfig, SavedRun } from '../../lib/worker/protocol.ts';
import { runKey } from '../../lib/worker/runConfig.ts';
import { savedRun } from './files.ts';

/**
 * What this browser keeps of `run`, for a page that has not opened it; null where it keeps nothing. Looked up anew when
 * one of `after` changes, a fixed number of values, and when the page comes back from the browser's cache.
 */
export function useKept(run: RunConfig, after: readonly unknown[]): SavedRun | null {
  const key = runKey(run);
  const [known, setKnown] = useState<{ key: string; kept: SavedRun | null } | null>(null);
  useEffect(() => {
    let mounted = true;
    const look = () => void savedRun(run).then((kept) => mounted && setKnown({ key, kept }));
    const shown = (event: PageTransitionEvent) => event.persisted && look();
    look();
    addEventListener('pageshow', shown);
    return () => {
      mounted = false;
      removeEventListener('pageshow', shown);
    };
  }, [key, ...after]);
  return known?.key === key ? known.kept : null;
}
