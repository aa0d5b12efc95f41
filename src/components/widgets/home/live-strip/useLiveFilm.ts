import { useEffect, useRef, useState } from 'preact/hooks';
import type { Sampler } from '../../../../lib/worker/sampler.ts';
import { DRAWING, FIRST_SEED, startOf } from './drawing.ts';
import type { LiveStripWords } from './words.ts';

/** How long a finished strip is shown before the next noise. */
const REST_MS = 2500;

/** What has been drawn of one noise: x after each step so far, and the level of noise that it is at. */
export interface Film {
  frames: Float32Array[];
  times: number[];
}

type State = 'ready' | 'loading' | 'running' | 'paused' | 'failed';

/**
 * Digits drawn from noise by the shipped network, over and over, on the reader's machine. Nothing is loaded before `run`:
 * a page that is only read costs nothing.
 */
export function useLiveFilm(checkpoint: string, say: LiveStripWords) {
  const [state, setState] = useState<State>('ready');
  const [film, setFilm] = useState<Film | null>(null);
  const [message, setMessage] = useState('');
  const sampler = useRef<Sampler | null>(null);
  const work = useRef<AbortController | null>(null);
  const seed = useRef(FIRST_SEED + 1);

  useEffect(
    () => () => {
      work.current?.abort();
      sampler.current?.dispose();
    },
    [],
  );

  const loaded = async () => {
    if (sampler.current) return sampler.current;
    setState('loading');
    const { createSampler } = await import('../../../../lib/worker/sampler.ts');
    const made = createSampler();
    const info = await made.load(checkpoint).catch((error: unknown) => {
      made.dispose();
      throw error;
    });
    sampler.current = made;
    setMessage(say.ready(info.parameters, info.backend.name));
    return made;
  };

  const draw = async (made: Sampler, now: number, signal: AbortSignal) => {
    let drawn: Film = { frames: [startOf(now)], times: [1000] };
    setFilm(drawn);
    const request = { ...DRAWING, labels: [...DRAWING.labels], seed: now, trajectory: true };
    const show = (step: { x: Float32Array; to: number }) => {
      drawn = { frames: [...drawn.frames, step.x], times: [...drawn.times, step.to] };
      setFilm(drawn);
    };
    await made.sample(request, show, { signal });
  };

  const run = async () => {
    if (work.current) return;
    const stop = new AbortController();
    work.current = stop;
    setMessage('');
    try {
      const made = await loaded();
      while (!stop.signal.aborted) {
        setState('running');
        await draw(made, seed.current, stop.signal);
        await rest(stop.signal);
        if (!stop.signal.aborted) seed.current++;
      }
    } catch (error) {
      if (!stop.signal.aborted) {
        const { sayError } = await import('../../../trainer/sayError.ts');
        setState('failed');
        setMessage(await sayError(error));
      }
    } finally {
      if (work.current === stop) work.current = null;
    }
  };

  const pause = () => {
    work.current?.abort();
    work.current = null;
    setState('paused');
  };

  return { film, message, state, run, pause, busy: state === 'running' || state === 'loading' };
}

function rest(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, REST_MS);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
