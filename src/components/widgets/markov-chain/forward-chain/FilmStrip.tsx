import { thinned } from '../../../../lib/math/numerics/curves.ts';
import { Pixels } from '../../../controls/Pixels.tsx';

interface Props {
  states: readonly Float64Array[];
  size: number;
  t: number;
  onPick: (t: number) => void;
}

const FRAMES = 11;

/** The chain at a glance: frames evenly spread over time, each a way to go there. */
export function FilmStrip({ states, size, t, onPick }: Props) {
  return (
    <div class="chain-film controls" role="group" aria-label="Chain at a glance">
      {thinned(0, states.length - 1, FRAMES).map((time) => (
        <button
          key={time}
          type="button"
          aria-current={time === t ? 'step' : undefined}
          aria-label={`Go to t = ${time}`}
          onClick={() => onPick(time)}
        >
          <Pixels
            data={states[time].subarray(0, size * size)}
            width={size}
            height={size}
            label={`x at t = ${time}`}
          />
          <span aria-hidden="true">{time}</span>
        </button>
      ))}
    </div>
  );
}
