import { signal } from '@preact/signals';
import { T } from './planeState.ts';
import type { Way } from './player.ts';
import { Stage } from './Stage.tsx';
import type { Plane } from './usePlane.ts';
import type { PlaneWords } from './words.ts';

const PARTS = [0, 0.2, 0.4, 0.65, 1];
const timesOf = (way: Way) =>
  PARTS.map((part) => signal(Math.round((way === 'forward' ? part : 1 - part) * T)));
const TIMES: Record<Way, ReturnType<typeof timesOf>> = {
  forward: timesOf('forward'),
  back: timesOf('back'),
};

/** A few moments of each way side by side, for those who want nothing to move. */
export function Moments({ plane, words: say }: { plane: Plane; words: PlaneWords }) {
  return (
    <div class="plane-still">
      {plane.beginning.ways.map((way) => (
        <div key={way} class="plane-moments">
          {TIMES[way].map((t) => (
            <figure key={t.value}>
              <Stage plane={plane} t={t} way={way} label={say.moment(say.ways[way], t.value)} />
              <p class="plane-axis" aria-hidden="true">
                {say.ways[way]}, t = {t.value}
              </p>
            </figure>
          ))}
        </div>
      ))}
    </div>
  );
}
