import { useEffect, useState } from 'preact/hooks';
import type { RunConfig } from '../../lib/worker/protocol.ts';
import { exactFloor } from './floor.ts';

/** The exact floor of a run's loss, undefined while it is computed or where there is none. */
export function useFloor(run: RunConfig): number | undefined {
  const key = JSON.stringify([run.dataset, run.drawn, run.diffusion]);
  const [known, setKnown] = useState<{ key: string; floor: number } | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    exactFloor(run, stop.signal)
      .then((floor) => floor !== null && setKnown({ key, floor }))
      .catch(() => {}); // an empty drawing has no floor; the trainer says so when asked
    return () => stop.abort();
  }, [key]);
  return known?.key === key ? known.floor : undefined;
}
