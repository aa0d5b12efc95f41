import { useEffect, useMemo, useState } from 'preact/hooks';
import { BELL, type PlaneShape, shapeDraws } from '../../../lib/data/planeShapes.ts';
import type { Paths } from '../../../lib/math/samplers/particles.ts';
import type { SamplerChoice } from '../../../lib/math/samplers/record.ts';
import { createExact } from '../../../lib/worker/exact/client.ts';
import { type Missing, sayWhy } from '../shared/exactAnswer.tsx';
import { COUNT, type PlanePath, SCHEDULE, T } from './planeState.ts';
import type { Way } from './player.ts';

export interface WalkSettings {
  shape: PlaneShape;
  seed: number;
  /** The ways that are shown. */
  ways: readonly Way[];
  choice: SamplerChoice;
  steps: number;
  path?: PlanePath;
}

/** What is known of the particles: a way is null while the worker computes it for the first time for this shape. */
export interface Walks extends Missing {
  forward: Paths | null;
  back: Paths | null;
  /** The part of the shape that each particle has begun in; of one that begins in noise, 0. */
  parts: Uint8Array;
}

/** Ways on the straight path, by the clock of the picture. */
export const onClock = ({ times, frames }: Paths): Paths => ({
  times: times.map((t) => T * t),
  frames,
});

/** A drawing grows, and a slider moves, many times a second: the worker is asked when they rest. */
const PATIENCE = 150;

/**
 * The particles' whole ways, computed off the page: then every moment is only drawn. On the way back they start where the forward
 * chain has left them, or, where that is not shown, from fresh noise.
 */
export function useWalks(settings: WalkSettings): Walks {
  const { shape, seed, ways, choice, steps, path = 'chain' } = settings;
  const exact = useMemo(createExact, []);
  const [tries, setTries] = useState(0);
  const [error, setError] = useState<Error | null>(null);
  const [there, setThere] = useState<{ start: typeof start; paths: Paths } | null>(null);
  const [home, setHome] = useState<{ shape: PlaneShape; paths: Paths } | null>(null);
  const chained = ways.includes('forward');
  const start = useMemo(() => shapeDraws(shape, COUNT, seed), [shape, seed]);
  const forward = there?.start === start ? there.paths : null;

  /** Asks once the reader's hand rests; what is asked no longer is dropped. */
  const asking = (ask: () => Promise<Paths>, take: (paths: Paths) => void) => {
    let stale = false;
    setError(null);
    const timer = setTimeout(
      () => {
        ask().then(
          (paths) => !stale && take(paths),
          (reason: Error) => !stale && setError(reason),
        );
      },
      there || home ? PATIENCE : 0,
    );
    return () => {
      stale = true;
      clearTimeout(timer);
      exact.drop();
    };
  };

  useEffect(() => {
    if (!chained) return;
    const request = { way: 'forward', schedule: SCHEDULE, seed, x0: start.points } as const;
    return asking(
      () => exact.walk(request),
      (paths) => setThere({ start, paths }),
    );
  }, [start, tries]);

  useEffect(() => {
    if (!ways.includes('back') || (chained && !forward)) return;
    const from = forward ? forward.frames.slice(-2 * COUNT) : { count: COUNT };
    const bells = { centres: shape.centres, deviation: BELL };
    const straight = path === 'straight';
    const how = { schedule: SCHEDULE, straight, seed, choice, steps, from };
    return asking(
      () => exact.walk({ way: 'back', ...bells, ...how }),
      (paths) => setHome({ shape, paths: straight ? onClock(paths) : paths }),
    );
  }, [forward, shape, seed, JSON.stringify([choice, steps, path]), tries]);

  const noParts = useMemo(() => new Uint8Array(COUNT), []);
  return {
    forward,
    back: home?.shape === shape ? home.paths : null,
    parts: chained ? start.parts : noParts,
    error: error ? sayWhy(error) : '',
    again: () => setTries((n) => n + 1),
  };
}
