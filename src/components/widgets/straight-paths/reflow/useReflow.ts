/** The second flow: along the exact velocity of pairs (noise, its own end), computed when a reader asks for it. */
import { useRef } from 'preact/hooks';
import { BELL, type PlaneShape } from '../../../../lib/data/planeShapes.ts';
import type { Paths } from '../../../../lib/math/samplers/particles.ts';
import { straightness } from '../../../../lib/math/samplers/straightness.ts';
import type { ExactClient } from '../../../../lib/worker/exact/client.ts';
import { COUNT } from '../../plane/planeState.ts';
import { onClock } from '../../plane/useWalks.ts';
import { useExactAnswer } from '../../shared/exactAnswer.tsx';

interface Question {
  shape: PlaneShape;
  seed: number;
  steps: number;
  /** Whether it was asked for. */
  wanted: boolean;
}

export interface Second {
  shape: PlaneShape;
  paths: Paths;
  straightness: number;
}

/** Along nearly straight lines few steps are as good as many. */
const FINE = { count: 100, steps: 16 };

export function useReflow({ shape, seed, steps, wanted }: Question) {
  /** What was shown last, while another number of steps is computed. */
  const last = useRef<Second | null>(null);
  const { centres } = shape;
  const ask = async (exact: ExactClient): Promise<Second> => {
    const request = { way: 'reflow', centres, deviation: BELL, seed } as const;
    const paths = await exact.walk({
      ...request,
      choice: { sampler: 'ddim' },
      steps,
      from: { count: COUNT },
    });
    const known = last.current?.shape === shape ? last.current.straightness : null;
    const measured =
      known ??
      straightness(
        await exact.walk({
          ...request,
          choice: { sampler: 'heun' },
          steps: FINE.steps,
          from: { count: FINE.count },
        }),
        2,
      );
    return { shape, paths: onClock(paths), straightness: measured };
  };
  const key = wanted ? `${seed} ${steps} ${centres.join()}` : '';
  const answer = useExactAnswer(key, (exact) => (wanted ? ask(exact) : null));
  if (answer.value) last.current = answer.value;
  const second = wanted && last.current?.shape === shape ? last.current : null;
  return { ...answer, second };
}
