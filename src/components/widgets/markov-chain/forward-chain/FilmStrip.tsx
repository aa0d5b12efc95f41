import { thinned } from '../../../../lib/math/numerics/curves.ts';
import { Pixels } from '../../../controls/Pixels.tsx';
import type { ForwardChainWords } from './words.ts';

interface Props {
  say: Pick<ForwardChainWords, 'film' | 'goTo' | 'frame'>;
  states: readonly Float64Array[];
  size: number;
  t: number;
  onPick: (t: number) => void;
}

const FRAMES = 11;

/** The chain at a glance: frames evenly spread over time, each a way to go there. */
export function FilmStrip({ say, states, size, t, onPick }: Props) {
  return (
    <div class="chain-film controls" role="group" aria-label={say.film}>
      {thinned(0, states.length - 1, FRAMES).map((time) => (
        <button
          key={time}
          type="button"
          aria-current={time === t ? 'step' : undefined}
          aria-label={say.goTo(time)}
          onClick={() => onPick(time)}
        >
          <Pixels
            data={states[time].subarray(0, size * size)}
            width={size}
            height={size}
            label={say.frame(time)}
          />
          <span aria-hidden="true">{time}</span>
        </button>
      ))}
    </div>
  );
}
