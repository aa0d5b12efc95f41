import { useState } from 'preact/hooks';
import { Scrubber } from '../controls/Scrubber.tsx';
import { Frame } from './Frames.tsx';
import type { Moment } from './film.ts';

interface Props {
  moment: Moment;
  /** While it is being drawn the newest frame is shown. */
  live: boolean;
  across?: number;
}

/** One drawing: x and x̂₀ side by side, to be scrubbed along the way. */
export function MomentView({ moment, live, across }: Props) {
  const [chosen, setFrame] = useState<number | null>(null);
  const last = moment.frames.length - 1;
  const frame = live ? last : Math.min(chosen ?? last, last);
  const t = moment.times[frame];
  return (
    <div class="moment">
      <div class="columns">
        <figure>
          <Frame
            moment={moment}
            frame={frame}
            across={across}
            label={`What is drawn, at t = ${t}`}
          />
          <figcaption class="note">x at t = {t}</figcaption>
        </figure>
        <figure>
          <Frame
            moment={moment}
            frame={frame}
            across={across}
            clean
            label={`The picture expected, at t = ${t}`}
          />
          <figcaption class="note">x̂₀, the picture expected one moment before</figcaption>
        </figure>
      </div>
      <Scrubber
        label="Along this drawing"
        value={frame}
        max={last}
        onInput={setFrame}
        format={(i) => `t = ${moment.times[Math.min(i, last)]}`}
        seconds={4}
      />
    </div>
  );
}
