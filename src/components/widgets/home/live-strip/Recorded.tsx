import { useEffect, useRef } from 'preact/hooks';
import { COUNT, MOMENTS } from './drawing.ts';

const SQUARES = Array.from({ length: COUNT }, (_, i) => i);
const LAST = MOMENTS.length - 1;
/** Moments that stand above the finished digits where nothing may move. */
const STAGES = [0, 4, 6];

interface Props {
  /** The moment to show; null: the styles play them all, from the first paint on and without a script. */
  moment: number | null;
  /** Told the moment that is on screen while they play. */
  onMoment(moment: number): void;
}

/** The recorded digits: each square is a window on one picture (digits.png), a row for each moment, a column for each digit. */
export function Recorded({ moment, onMoment }: Props) {
  const ref = useRef<HTMLElement>(null);
  useEffect(() => {
    if (moment !== null) return;
    let frame = 0;
    const follow = () => {
      const share = ref.current?.getAnimations?.()[0]?.effect?.getComputedTiming().progress ?? 1;
      onMoment(Math.round(share * LAST));
      if (share < 1) frame = requestAnimationFrame(follow);
    };
    frame = requestAnimationFrame(follow);
    return () => cancelAnimationFrame(frame);
  }, [moment]);
  const at = (n: number, row: number) => ({ '--digit': n, '--moment': row });
  return (
    <>
      {SQUARES.map((n) => (
        <div key={n}>
          <span class="strip-stages">
            {STAGES.map((row) => (
              <span key={row} class="recorded held" style={at(n, row)} />
            ))}
          </span>
          <span
            ref={n === 0 ? ref : undefined}
            class={moment === null ? 'recorded' : 'recorded held'}
            style={at(n, moment ?? LAST)}
          />
        </div>
      ))}
    </>
  );
}
