import './exhibit.css';
import { useEffect, useState } from 'preact/hooks';
import { useHydrated } from '../trainer/useHydrated.ts';
import { speaksOf } from './linked.ts';
import WidgetHost from './WidgetHost.tsx';
import type { HostWords } from './words.ts';

interface Props {
  id: string;
  /** All widgets of the page. */
  ids: readonly string[];
  title: string;
  about: string;
  /** Address of its pictures, without -light.webp and -dark.webp. */
  still: string;
  /** Address of its page of its own. */
  alone: string;
  words: HostWords;
}

/** One widget of the catalogue: a still picture until it is started, here or by the link that led here. */
export default function Card({ id, ids, title, about, still, alone, words: say }: Props) {
  const awake = useHydrated();
  const [live, setLive] = useState(false);
  useEffect(() => {
    if (speaksOf(id, ids, location)) setLive(true);
  }, []);
  const open = (
    <a href={alone} aria-label={say.aloneOf(title)}>
      {say.alone}
    </a>
  );
  if (live)
    return (
      <div class="exhibit-live">
        <WidgetHost id={id} words={say} />
        <p class="exhibit-foot">
          {open}
          <button type="button" class="button small" onClick={() => setLive(false)}>
            {say.putAway}
          </button>
        </p>
      </div>
    );
  return (
    <article class="exhibit" data-place={id}>
      {['light', 'dark'].map((theme) => (
        <img
          key={theme}
          class={`exhibit-${theme}`}
          src={`${still}-${theme}.webp`}
          alt=""
          loading="lazy"
          width="480"
          height="320"
        />
      ))}
      <h3>{title}</h3>
      <p>{about}</p>
      <p class="exhibit-foot">
        {open}
        <button
          type="button"
          class="button small"
          data-start
          disabled={!awake}
          aria-label={say.startOf(title)}
          onClick={() => setLive(true)}
        >
          {say.start}
        </button>
      </p>
    </article>
  );
}
