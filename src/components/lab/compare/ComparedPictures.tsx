import { useEffect, useRef, useState } from 'preact/hooks';
import { lookOf } from '../../../lib/plots/lab/compare.ts';
import { createSampler } from '../../../lib/worker/sampler.ts';
import { Frame } from '../../trainer/Frames.tsx';
import { type Moment, pack } from '../../trainer/film.ts';
import { freshSeed } from '../../trainer/freshNoise.ts';
import { filmRequestOf } from '../../trainer/runConfig.ts';
import { sayError } from '../../trainer/sayError.ts';
import type { Session } from '../../trainer/session.ts';
import type { LabSettings } from '../../trainer/settings.ts';
import type { LabWords } from '../words.ts';
import type { NamedRun } from './useChosen.ts';

interface Props {
  words: LabWords['compare'];
  session: Session;
  backend: LabSettings['backend'];
  runs: NamedRun[];
}

const STEPS = 50;
/** The noise of the first press is the same in every browser: what one sees, another can see. */
const ROOT = 1;

/** The same noise, drawn by each run in turn: one worker, and what trains is paused meanwhile. */
export function ComparedPictures({ words: say, session, backend, runs }: Props) {
  const [drawn, setDrawn] = useState<Record<string, Moment>>({});
  const [seed, setSeed] = useState<number | null>(null);
  const [at, setAt] = useState('');
  const [trouble, setTrouble] = useState('');
  const presses = useRef(0);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const draw = async () => {
    const own = new AbortController();
    stop.current?.abort();
    stop.current = own;
    const next = freshSeed(ROOT, ++presses.current);
    setSeed(next);
    setDrawn({});
    setTrouble('');
    setAt(runs[0].name);
    await session.pause();
    const sampler = createSampler({ backend });
    try {
      for (const { id, name, run } of runs) {
        if (own.signal.aborted) return;
        setAt(name);
        await sampler.load(run.bytes);
        const { T } = run.config.diffusion;
        const { images, ...size } = await sampler.sample(
          {
            ...filmRequestOf(run.config, run.step),
            steps: Math.min(STEPS, T),
            seed: next,
            trajectory: false,
          },
          undefined,
          own,
        );
        const frames = [pack(images, size.channels)];
        setDrawn((now) => ({
          ...now,
          [id]: { ...size, step: run.step, frames, clean: frames, times: [0] },
        }));
      }
    } catch (error) {
      if (!own.signal.aborted) setTrouble(await sayError(error));
    } finally {
      sampler.dispose();
      if (stop.current === own) setAt('');
    }
  };
  return (
    <>
      <div class="row">
        <button type="button" class="button primary" disabled={at !== ''} onClick={draw}>
          {say.draw}
        </button>
        <span class="note" role="status">
          {at ? say.drawing(at) : seed === null ? '' : say.sameNoise(seed)}
        </span>
      </div>
      {trouble && (
        <p class="error" role="alert">
          {trouble}
        </p>
      )}
      {seed !== null && (
        <div class="compared">
          {runs.map(({ id, name }, i) => (
            <figure key={id}>
              <figcaption style={{ color: lookOf(i).colour }}>{name}</figcaption>
              {drawn[id] ? (
                <Frame moment={drawn[id]} frame={0} label={say.drawnBy(name, seed)} />
              ) : (
                <div class="empty">…</div>
              )}
            </figure>
          ))}
        </div>
      )}
    </>
  );
}
