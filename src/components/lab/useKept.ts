import { effect } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import type { RunConfig } from '../../lib/tensor/recipes/diffusion/run.ts';
import { runKey } from '../../lib/tensor/recipes/diffusion/run.ts';
import type { SavedRun } from '../../lib/worker/protocol.ts';
import type { Session } from '../trainer/session.ts';
import { announce, onKeptChange, savedRun } from './files.ts';

/**
 * What this browser keeps of `run`, for a page that has not opened it; null where it keeps nothing. Looked up anew when
 * one of `after` changes, a fixed number of values, and when another tab tells of a change.
 */
export function useKept(run: RunConfig, after: readonly unknown[]): SavedRun | null {
  const key = runKey(run);
  const [known, setKnown] = useState<{ key: string; kept: SavedRun | null } | null>(null);
  useEffect(() => {
    let mounted = true;
    const look = () => void savedRun(run).then((kept) => mounted && setKnown({ key, kept }));
    look();
    const off = onKeptChange(look);
    return () => {
      mounted = false;
      off();
    };
  }, [key, ...after]);
  return known?.key === key ? known.kept : null;
}

/** Tells the other tabs whenever this page's run was saved, or taken out: what they say of it follows. */
export function useAnnounced(session: Session): void {
  useEffect(
    () =>
      effect(() => {
        session.savedAt.value;
        session.aside.value;
        announce();
      }),
    [session],
  );
}
