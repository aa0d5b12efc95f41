import { useEffect, useState } from 'preact/hooks';
import { useControlWords } from '../language/context.ts';
import { Slider } from './Slider.tsx';

interface Props {
  label: string;
  value: number;
  min?: number;
  max: number;
  onInput: (value: number) => void;
  format?: (value: number) => string;
  /** Seconds for the whole way when played. */
  seconds?: number;
  /** Plays once by itself whenever this changes to a new value, unless the reader asked for less motion. */
  plays?: string;
}

/** A time axis to drag, step and play. Playing stops at the end, when dragged, and when the tab is hidden. */
export function Scrubber({
  label,
  value,
  min = 0,
  max,
  onInput,
  format,
  seconds = 6,
  plays,
}: Props) {
  const say = useControlWords();
  const [playing, setPlaying] = useState(false);
  useEffect(() => {
    setPlaying(plays !== undefined && !matchMedia('(prefers-reduced-motion: reduce)').matches);
  }, [plays]);
  useEffect(() => {
    if (!playing) return;
    let frame = 0;
    let position = value >= max ? min : value;
    let last = performance.now();
    const tick = (now: number) => {
      position = Math.min(max, position + ((now - last) / 1000) * ((max - min) / seconds));
      last = now;
      onInput(Math.round(position));
      if (position >= max || document.hidden) setPlaying(false);
      else frame = requestAnimationFrame(tick);
    };
    frame = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(frame);
  }, [playing, min, max, seconds]);
  const set = (next: number) => {
    setPlaying(false);
    onInput(Math.max(min, Math.min(max, next)));
  };
  return (
    <div class="row controls scrubber">
      <button
        type="button"
        class="button"
        aria-pressed={playing}
        onClick={() => setPlaying(!playing)}
      >
        {playing ? say.stop : say.play}
      </button>
      <button
        type="button"
        class="button"
        aria-label={say.oneBack(label)}
        disabled={value <= min}
        onClick={() => set(value - 1)}
      >
        −1
      </button>
      <button
        type="button"
        class="button"
        aria-label={say.oneOn(label)}
        disabled={value >= max}
        onClick={() => set(value + 1)}
      >
        +1
      </button>
      <Slider label={label} value={value} min={min} max={max} format={format} onInput={set} />
    </div>
  );
}
