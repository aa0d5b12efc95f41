import { useState } from 'preact/hooks';
import { Scrubber } from '../controls/Scrubber.tsx';
import { Frame } from './Frames.tsx';
import type { Moment } from './film.ts';
import { LabelledPictures } from './LabelledPictures.tsx';
import { en } from './words.ts';

const say = en.sampled;

interface Props {
  moment: Moment;
  /** While it is being drawn the newest frame is shown. */
  live: boolean;
  across?: number;
  /** What the classes are called: below each picture that was asked for by its class. */
  names?: readonly string[];
  /** Plays the way of each new drawing once, when it is done. */
  plays?: boolean;
}

/** One drawing: x and x̂₀ side by side, to be scrubbed along the way. */
export function MomentView({ moment, live, across, names, plays = false }: Props) {
  const [chosen, setFrame] = useState<number | null>(null);
  const last = moment.frames.length - 1;
  const frame = live ? last : Math.min(chosen ?? last, last);
  const t = moment.times[frame];
  const { labels } = moment;
  const captions = names && labels?.map((label) => names[label] ?? '');
  const picture = (clean: boolean) => {
    const shown = { moment, frame, clean, label: clean ? say.expected(t) : say.drawn(t) };
    return captions ? (
      <LabelledPictures {...shown} captions={captions} />
    ) : (
      <Frame {...shown} across={across} />
    );
  };
  return (
    <div class="moment">
      <div class="columns">
        <figure>
          {picture(false)}
          <figcaption class="note">{say.x(t)}</figcaption>
        </figure>
        <figure>
          {picture(true)}
          <figcaption class="note">{say.clean}</figcaption>
        </figure>
      </div>
      <Scrubber
        label={say.along}
        value={frame}
        max={last}
        onInput={setFrame}
        format={(i) => say.time(moment.times[Math.min(i, last)])}
        seconds={4}
        plays={plays && !live ? String(moment.seed) : undefined}
      />
    </div>
  );
}
