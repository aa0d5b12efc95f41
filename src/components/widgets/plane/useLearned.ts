/** A network for points of the plane, trained in the page, and the way back that it finds from the noise of the exact one. */
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { PlaneShape } from '../../../lib/data/planeShapes.ts';
import type { Paths } from '../../../lib/math/samplers/particles.ts';
import { defaultRun } from '../../../lib/tensor/recipes/diffusion/defaults.ts';
import type { RunConfig } from '../../../lib/tensor/recipes/diffusion/run.ts';
import { sayError } from '../../trainer/sayError.ts';
import { createShortRun, type ShortRun } from '../shared/shortRun.ts';
import { COUNT, type PlanePath, SCHEDULE, T } from './planeState.ts';
import type { Sampling } from './usePlane.ts';

/** Enough for the network's points to lie on every shape of the book. */
export const STEPS = 2500;

/** What is learned: a shape, on a path. */
interface Lesson {
  shape: PlaneShape;
  path: PlanePath;
  pairing?: 'flow';
}

const configOf = ({ shape: { centres }, path, pairing }: Lesson): RunConfig => ({
  ...defaultRun('points'),
  // Where hardly any signal is left, an error of ε̂ would be blown up in x̂₀, which is not clipped here; one of v is not.
  diffusion: { schedule: SCHEDULE.kind, T: SCHEDULE.T, prediction: 'v' },
  ...(path === 'straight' && { weighting: 'flow' as const }),
  ...(pairing && { pairing }),
  drawn: Array.from({ length: centres.length / 2 }, (_, i) => [
    ...centres.subarray(2 * i, 2 * i + 2),
  ]),
  steps: STEPS,
});

export interface Learned {
  run: ShortRun<Lesson>;
  train(): void;
  /** Null until a network is trained for this shape and has drawn. */
  paths: ReadonlySignal<Paths | null>;
  /** A plain sentence, '' while all is well. */
  error: Signal<string>;
}

interface Question extends Sampling {
  shape: PlaneShape;
  seed: number;
  /** The exact way from the same noise: the network is sent from its first frame. */
  exact: Paths | null;
  /** The data are paired with noise by the exact flow (reflow), in place of chance. */
  pairing?: 'flow';
}

export function useLearned(question: Question): Learned {
  const { shape, seed, choice, steps, exact, path = 'chain', pairing } = question;
  const learned = useMemo(
    () => ({
      run: createShortRun(configOf),
      paths: signal<Paths | null>(null),
      error: signal(''),
    }),
    [],
  );
  const { run, paths, error } = learned;
  const forget = () => {
    run.stop();
    paths.value = null;
    error.value = '';
  };
  useEffect(() => forget, [shape, path]);
  const done = run.status.value === 'done';
  useEffect(() => {
    const trainer = run.trainer();
    if (!done || !trainer || !exact) return;
    const cancel = new AbortController();
    const found = { times: [exact.times[0]], frames: [exact.frames.slice(0, 2 * COUNT)] };
    const request = { ...choice, steps, seed, count: COUNT, clip: false, trajectory: true };
    error.value = '';
    trainer
      .sample(
        { ...request, weights: 'ema' },
        ({ to, x }) => {
          found.times.push(path === 'straight' ? T * to : to);
          found.frames.push(x);
        },
        { signal: cancel.signal },
      )
      .then(() => {
        const frames = new Float32Array(2 * COUNT * found.frames.length);
        found.frames.forEach((frame, k) => {
          frames.set(frame, 2 * COUNT * k);
        });
        if (!cancel.signal.aborted) paths.value = { times: found.times, frames };
      })
      .catch(async (reason) => {
        const text = await sayError(reason);
        if (!cancel.signal.aborted) error.value = text;
      });
    return () => cancel.abort();
  }, [done, exact]);
  return { ...learned, train: () => void run.start({ shape, path, pairing }) };
}
