import { useEffect, useRef, useState } from 'preact/hooks';
import { createRng } from '../../../../lib/math/numerics/rng.ts';
import { createSampler, type Sampler } from '../../../../lib/worker/sampler.ts';
import { Slider } from '../../../controls/Slider.tsx';
import { sayError } from '../../../trainer/sayError.ts';
import { useHydrated } from '../../../trainer/useHydrated.ts';
import type { LiveStripWords } from './words.ts';
import './liveStrip.css';

const COUNT = 10;
const SIDE = 28;
const STEPS = 40;
/** How long a finished strip is shown before the next noise. */
const REST_MS = 2500;

const SQUARES = Array.from({ length: COUNT }, (_, i) => i);

interface Film {
  seed: number;
  /** x after each step so far; frames[0] is the noise it starts from, as a picture of noise. */
  frames: Float32Array[];
  times: number[];
}

const shipped = () =>
  `${(import.meta.env.BASE_URL ?? '/').replace(/\/?$/, '/')}checkpoints/mnist.safetensors`;

/** Pure noise to look at before anything has run. */
const noise = (seed: number): Film => ({
  seed,
  frames: [
    createRng(seed)
      .fork('strip')
      .fillNormal(new Float32Array(COUNT * SIDE * SIDE)),
  ],
  times: [1000],
});

interface Props {
  checkpoint?: string;
  words: LiveStripWords;
}

type State = 'ready' | 'loading' | 'running' | 'paused' | 'failed';

/**
 * Ten digits drawn from noise by the shipped network, over and over, on the reader's machine. Nothing is loaded before
 * Start is pressed: a page that is only read costs nothing.
 */
export default function LiveStrip({ checkpoint = shipped(), words: say }: Props) {
  const [state, setState] = useState<State>('ready');
  const asleep = !useHydrated();
  const [film, setFilm] = useState<Film | null>(null);
  const [held, setHeld] = useState<number | null>(null);
  const [message, setMessage] = useState('');
  const sampler = useRef<Sampler | null>(null);
  const work = useRef<AbortController | null>(null);
  const seed = useRef(1);

  useEffect(() => {
    setFilm(noise(seed.current));
    return () => {
      work.current?.abort();
      sampler.current?.dispose();
    };
  }, []);

  const run = async () => {
    if (work.current) return;
    const stop = new AbortController();
    work.current = stop;
    setHeld(null);
    setMessage('');
    try {
      if (!sampler.current) {
        setState('loading');
        const made = createSampler();
        const info = await made.load(checkpoint).catch((error: unknown) => {
          made.dispose();
          throw error;
        });
        sampler.current = made;
        setMessage(say.ready(info.parameters, info.backend.name));
      }
      while (!stop.signal.aborted) {
        setState('running');
        await draw(seed.current, stop.signal);
        await rest(stop.signal);
        if (!stop.signal.aborted) seed.current++;
      }
    } catch (error) {
      if (!stop.signal.aborted) {
        setState('failed');
        setMessage(await sayError(error));
      }
    } finally {
      if (work.current === stop) work.current = null;
    }
  };

  const draw = async (now: number, signal: AbortSignal) => {
    let drawn = noise(now);
    setFilm(drawn);
    await sampler.current!.sample(
      {
        count: COUNT,
        steps: STEPS,
        sampler: 'ddim',
        eta: 0,
        seed: now,
        labels: Array.from({ length: COUNT }, (_, i) => i),
        guidanceScale: 2,
        clip: true,
        weights: 'ema',
        trajectory: true,
      },
      (step) => {
        drawn = {
          seed: now,
          frames: [...drawn.frames, step.x],
          times: [...drawn.times, step.to],
        };
        setFilm(drawn);
      },
      { signal },
    );
  };

  const pause = () => {
    work.current?.abort();
    work.current = null;
    setState('paused');
  };

  const last = film ? film.frames.length - 1 : 0;
  const at = held === null ? last : Math.min(held, last);
  const frame = film?.frames[at];
  const busy = state === 'running' || state === 'loading';
  return (
    <div class="live-strip">
      <div
        class="strip-images"
        role="img"
        aria-label={at === 0 ? say.noise : say.underWay(film?.times[at])}
      >
        {SQUARES.map((i) => (
          <Square key={i} data={frame?.subarray(i * SIDE * SIDE, (i + 1) * SIDE * SIDE)} />
        ))}
      </div>
      <div class="strip-controls">
        {busy ? (
          <button type="button" class="button" onClick={pause}>
            {say.pause}
          </button>
        ) : (
          <button type="button" class="button primary" disabled={asleep} onClick={run}>
            {say.start}
          </button>
        )}
        <Slider
          label={say.steps}
          value={at}
          min={0}
          max={STEPS}
          // Before the first Start there is one frame only: nothing to move through.
          disabled={last === 0 && state !== 'running'}
          format={(i) =>
            say.stepsOf(Math.min(i, last), STEPS, film?.times[Math.min(i, last)] ?? 1000)
          }
          onInput={(i) => {
            if (busy) pause();
            setHeld(i);
          }}
        />
        <p class="note" role="status">
          {state === 'loading' ? say.fetching : message}
        </p>
      </div>
    </div>
  );
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

/** One grey picture, values in [-1, 1]. The strip around it speaks for all ten. */
function Square({ data }: { data?: Float32Array }) {
  const ref = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = ref.current?.getContext('2d');
    if (!context || !data) return;
    const image = context.createImageData(SIDE, SIDE);
    for (let i = 0; i < data.length; i++) {
      image.data.fill((data[i] + 1) * 127.5, 4 * i, 4 * i + 3);
      image.data[4 * i + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }, [data]);
  return <canvas ref={ref} class="pixels" width={SIDE} height={SIDE} />;
}
