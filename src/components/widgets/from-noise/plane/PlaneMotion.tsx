import { useEffect } from 'preact/hooks';
import { Choices } from '../../plane/Choices.tsx';
import { PlaneFrame } from '../../plane/Frame.tsx';
import type { Beginning } from '../../plane/planeState.ts';
import { Stage } from '../../plane/Stage.tsx';
import { summaryOf } from '../../plane/summary.ts';
import { TimeStage } from '../../plane/TimeStage.tsx';
import { usePlane } from '../../plane/usePlane.ts';
import type { PlaneWords } from '../../plane/words.ts';

const BEGINNING: Beginning = {
  id: 'plane',
  shape: 'moons',
  t: 0,
  ways: ['forward', 'back'],
  layers: ['trails'],
};

/** As much of it as one sees before one has scrolled to it, and no more, is not yet looked at. */
const IN_SIGHT = 0.5;

/** The first picture of the book: a distribution dissolves into noise, and comes back. It plays by itself once for each shape. */
export default function PlaneMotion({ words: say }: { words: PlaneWords }) {
  const plane = usePlane(BEGINNING);
  const known = plane.walks.forward !== null;
  useEffect(() => {
    // Whoever comes by a link to a moment sees that moment; who wants no motion gets none, and who draws says when.
    const linked = new URLSearchParams(location.search).has('plane.t');
    const quiet = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const widget = document.getElementById(BEGINNING.id);
    if (!known || linked || quiet || plane.state.shape.peek() === 'draw' || !widget) return;
    // Not before it is in sight: it plays once.
    const observer = new IntersectionObserver(
      ([{ isIntersecting }]) => {
        if (!isIntersecting) return;
        observer.disconnect();
        plane.player.play();
      },
      { threshold: IN_SIGHT },
    );
    observer.observe(widget);
    return () => observer.disconnect();
  }, [known]);
  return (
    <PlaneFrame
      plane={plane}
      words={say}
      title={say.title}
      caption={say.caption}
      stage={<Stage plane={plane} label={summaryOf(plane, say)} />}
      beside={plane.state.layers.time.value && <TimeStage plane={plane} words={say} />}
      choices={
        <>
          <Choices plane={plane} layers={['trails', 'heat', 'time']} words={say} />
          {!plane.state.layers.time.value && <p class="note">{say.now[plane.player.way.value]}</p>}
        </>
      }
    />
  );
}
