import type { Square } from '../../../../lib/plots/plane/particles.ts';
import { useHydrated } from '../../../trainer/useHydrated.ts';
import { Stage } from '../../plane/Stage.tsx';
import type { Plane } from '../../plane/usePlane.ts';
import type { Second } from './useReflow.ts';
import type { ReflowWords } from './words.ts';

interface Props {
  plane: Plane;
  second: Second | null;
  /** It was asked for. */
  wanted: boolean;
  over: (square: Square, clock: number) => void;
  onReflow: () => void;
  words: ReflowWords;
}

/** The particles along the exact velocity of the new pairs; before that the button that pairs them. */
export function SecondPane({ plane, second, wanted, over, onReflow, words: say }: Props) {
  const asleep = !useHydrated();
  const { colours } = plane;
  return (
    <>
      <p class="plot-title">{say.second}</p>
      {second ? (
        <Stage
          plane={plane}
          label={say.secondSummary(plane.rests.value)}
          colours={colours ? [colours.exact, colours.exact] : undefined}
          paths={() => second.paths}
          over={over}
        />
      ) : (
        <div class="plane-empty">
          <p class="note">{wanted ? say.pairing : say.before}</p>
          {!wanted && (
            <button type="button" class="button primary" disabled={asleep} onClick={onReflow}>
              {say.reflow}
            </button>
          )}
        </div>
      )}
    </>
  );
}
