import { useEffect, useState } from 'preact/hooks';
import type { Estimate } from '../../lib/math/exact/vectorChannel.ts';
import type { RunConfig } from '../../lib/tensor/recipes/diffusion/run.ts';
import { leastLoss } from './floor.ts';

/** The floor of a run's loss with its standard error, undefined while it is computed or where there is none. */
export function useFloor(run: RunConfig): Estimate | undefined {
  const key = JSON.stringify([run.dataset, run.drawn, run.diffusion]);
  const [known, setKnown] = useState<{ key: string; floor: Estimate } | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    leastLoss(run, stop.signal)
      .then((floor) => floor !== null && setKnown({ key, floor }))
      .catch(() => {}); // an empty drawing has no floor; the trainer says so when asked
    return () => stop.abort();
  }, [key]);
  return known?.key === key ? known.floor : undefined;
}
