import { useEffect, useRef, useState } from 'preact/hooks';
import { Scrubber } from '../controls/Scrubber.tsx';
import { Frame, Thumb } from './Frames.tsx';
import { beginning } from './film.ts';
import * as show from './format.ts';
import type { Session } from './session.ts';
import { en } from './words.ts';

const say = en.film;

/**
 * Two axes of time. Along the run: how good the network was. Along one drawing: how far the same noise has come.
 * It follows the newest moment until the reader takes hold of the run's axis.
 */
export function FilmPanel({ session, empty }: { session: Session; empty: string }) {
  const film = session.film.value;
  const [chosen, setChosen] = useState<number | null>(null);
  /** The noise level that is looked at: moments may reach it in fewer or more frames. */
  const [level, setLevel] = useState(0);
  const [clean, setClean] = useState(false);
  const strip = useRef<HTMLDivElement>(null);
  const follows = chosen === null;
  useEffect(() => {
    if (follows) strip.current?.scrollTo({ left: strip.current.scrollWidth });
  }, [film.length, follows]);
  if (film.length === 0) return <div class="empty tall">{empty}</div>;
  const at = chosen === null ? film.length - 1 : Math.min(chosen, film.length - 1);
  const moment = film[at];
  const begins = beginning(film, session.opened.value);
  const last = moment.frames.length - 1;
  const index = nearest(moment.times, level);
  const t = moment.times[index];
  const choose = (i: number) => setChosen(i >= film.length - 1 ? null : i);
  return (
    <div class="film">
      <div class="film-picture">
        <Frame
          moment={moment}
          frame={index}
          clean={clean}
          label={say.picture(moment.count, moment.step, t, clean)}
        />
        <p class="note">{say.caption(show.count(moment.step), t, clean)}</p>
        {begins > 0 && <p class="note">{say.begins(show.count(begins))}</p>}
      </div>
      <div class="film-axes controls">
        <Scrubber
          label={say.run}
          value={at}
          max={film.length - 1}
          onInput={choose}
          format={(i) => show.count(film[Math.min(i, film.length - 1)].step)}
        />
        <Scrubber
          label={say.drawing}
          value={index}
          max={last}
          onInput={(i) => setLevel(moment.times[i])}
          format={(i) => say.time(moment.times[Math.min(i, last)])}
          seconds={3}
        />
        <label class="check">
          <input
            type="checkbox"
            checked={clean}
            onChange={(event) => setClean(event.currentTarget.checked)}
          />
          {say.clean}
        </label>
      </div>
      <div class="strip" ref={strip} role="group" aria-label={say.moments}>
        {film.map((m, i) => (
          <Thumb key={m.step} moment={m} chosen={i === at} onChoose={() => choose(i)} />
        ))}
      </div>
    </div>
  );
}

/** Index of the value nearest to `level`. */
const nearest = (times: readonly number[], level: number): number =>
  times.reduce((best, t, i) => (Math.abs(t - level) < Math.abs(times[best] - level) ? i : best), 0);
