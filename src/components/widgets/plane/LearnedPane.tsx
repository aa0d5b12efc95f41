import type { Square } from '../../../lib/plots/plane/particles.ts';
import { useHydrated } from '../../trainer/useHydrated.ts';
import { Stage } from './Stage.tsx';
import { type Learned, STEPS } from './useLearned.ts';
import type { Plane } from './usePlane.ts';

export interface LearnedPaneWords {
  learned: string;
  learnedSummary: (t: number) => string;
  training: string;
  stepOf: (step: number, steps: number) => string;
  untrained: (points: number, steps: number) => string;
  drawing: string;
  train: string;
  stop: string;
}

interface Props {
  plane: Plane;
  learned: Learned;
  words: LearnedPaneWords;
  /** What lies above the particles. */
  over?: (square: Square, clock: number) => void;
}

/** The particles of the trained network; before that the button that trains one. */
export function LearnedPane({ plane, learned, words: say, over }: Props) {
  const { run, paths, train } = learned;
  const asleep = !useHydrated();
  const status = run.status.value;
  const busy = status === 'starting' || status === 'training';
  const found = paths.value;
  const { colours } = plane;
  return (
    <>
      <p class="plot-title">{say.learned}</p>
      {found ? (
        <Stage
          plane={plane}
          label={say.learnedSummary(plane.rests.value)}
          colours={colours ? [colours.p, colours.p] : undefined}
          paths={() => found}
          over={over}
        />
      ) : (
        <div class="plane-empty">
          {busy ? (
            <div class="progress">
              <progress max={STEPS} value={run.step.value} aria-label={say.training} />
              <span class="note">{say.stepOf(run.step.value, STEPS)}</span>
            </div>
          ) : (
            <p class="note">{status === 'done' ? say.drawing : say.untrained(4096, STEPS)}</p>
          )}
          {busy ? (
            <button type="button" class="button" onClick={run.stop}>
              {say.stop}
            </button>
          ) : (
            status !== 'done' && (
              <button type="button" class="button primary" disabled={asleep} onClick={train}>
                {say.train}
              </button>
            )
          )}
        </div>
      )}
    </>
  );
}
