import { useEffect, useState } from 'preact/hooks';
import { createRng } from '../../lib/math/numerics/rng.ts';

interface Noise {
  /** ε_1, ε_2, …: ready ones only. */
  noises: Float64Array[];
  key: string;
}

/** Milliseconds of drawing before the page gets a turn: half a frame. */
const SLICE = 7;

/**
 * Standard normal noise for steps 1..T, `size` values each. ε_t depends on (seed, t) alone, so a longer chain begins
 * with the same noise as a shorter one. A thousand steps of a digit take 0.1 s: drawn in slices, handed over when done.
 */
export function useChainNoise(seed: number, size: number, T: number): Float64Array[] {
  const key = `${seed}/${size}`;
  const [held, setHeld] = useState<Noise>({ noises: [], key });
  const usable = held.key === key ? held.noises : [];
  useEffect(() => {
    if (usable.length >= T) return;
    const source = createRng(seed);
    const noises = usable.slice();
    let timer: ReturnType<typeof setTimeout>;
    const slice = () => {
      const end = performance.now() + SLICE;
      while (noises.length < T && performance.now() < end)
        noises.push(source.fork(noises.length + 1).fillNormal(new Float64Array(size)));
      if (noises.length < T) timer = setTimeout(slice);
      else setHeld({ noises, key });
    };
    slice();
    return () => clearTimeout(timer);
  }, [key, T]);
  return usable;
}
