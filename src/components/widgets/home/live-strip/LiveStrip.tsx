import { useState } from 'preact/hooks';
import { Slider } from '../../../controls/Slider.tsx';
import { useHydrated } from '../../../trainer/useHydrated.ts';
import { COUNT, DRAWING, MOMENTS, SIZE } from './drawing.ts';
import { Recorded } from './Recorded.tsx';
import { Square } from './Square.tsx';
import { useLiveFilm } from './useLiveFilm.ts';
import type { LiveStripWords } from './words.ts';
import './liveStrip.css';

const SQUARES = Array.from({ length: COUNT }, (_, i) => i);
const { steps: STEPS } = DRAWING;

const shipped = () =>
  `${(import.meta.env.BASE_URL ?? '/').replace(/\/?$/, '/')}checkpoints/mnist.safetensors`;

interface Props {
  checkpoint?: string;
  words: LiveStripWords;
}

/**
 * Ten digits that form out of noise: at once from a record, and after Start drawn anew on the reader's machine, over and
 * over. Either way the slider goes through what was drawn.
 */
export default function LiveStrip({ checkpoint = shipped(), words: say }: Props) {
  const asleep = !useHydrated();
  const { film, message, state, run, pause, busy } = useLiveFilm(checkpoint, say);
  /** The moment that the reader chose to look at; null while it plays. */
  const [held, setHeld] = useState<number | null>(null);
  /** The moment of the record that is on screen. */
  const [shown, setShown] = useState(MOMENTS.length - 1);
  const [plays, setPlays] = useState(0);

  const last = (film?.frames.length ?? MOMENTS.length) - 1;
  const at = Math.min(held ?? (film ? last : shown), last);
  const frame = film?.frames[at];
  const stepsAt = (i: number) => (film ? Math.min(i, last) : MOMENTS[i]);
  return (
    <div class="live-strip">
      <div class="strip-images" role="img" aria-label={say.picture(stepsAt(at), STEPS)}>
        {frame ? (
          SQUARES.map((i) => <Square key={i} data={frame.subarray(i * SIZE, (i + 1) * SIZE)} />)
        ) : (
          <Recorded key={plays} moment={held} onMoment={setShown} />
        )}
      </div>
      <div class="strip-controls">
        {busy ? (
          <button type="button" class="button" onClick={pause}>
            {say.pause}
          </button>
        ) : (
          <button
            type="button"
            class="button primary"
            disabled={asleep}
            onClick={() => {
              setHeld(null);
              run();
            }}
          >
            {say.start}
          </button>
        )}
        {!film && (
          <button
            type="button"
            class="button replay"
            disabled={asleep}
            onClick={() => {
              setHeld(null);
              setPlays(plays + 1);
            }}
          >
            {say.replay}
          </button>
        )}
        <Slider
          label={say.steps}
          value={at}
          min={0}
          max={film ? STEPS : MOMENTS.length - 1}
          disabled={asleep}
          format={(i) => say.stepsOf(stepsAt(i), STEPS)}
          onInput={(i) => {
            if (busy) pause();
            setHeld(i);
          }}
        />
        <p class="note" role="status">
          {state === 'loading' ? say.fetching : message || say.recorded}
        </p>
      </div>
    </div>
  );
}
