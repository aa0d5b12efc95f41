/** What the widgets of straight paths share: the ways that are measured, and the lines that are drawn. */
import { useMemo } from 'preact/hooks';
import { BELL, type PlaneShape, shapeDraws } from '../../../lib/data/planeShapes.ts';
import type { Paths } from '../../../lib/math/samplers/particles.ts';
import { straightness } from '../../../lib/math/samplers/straightness.ts';
import type { Ends } from '../../../lib/plots/plane/conditionals.ts';
import { shareNear } from '../../../lib/plots/plane/near.ts';
import { COUNT, type PlanePath, SCHEDULE } from '../plane/planeState.ts';
import { useExactAnswer } from '../shared/exactAnswer.tsx';

/** A draw of the data is farther from the line than that about once in a hundred times. */
const NEAR = 3 * BELL;
/** Ways that are measured: in that many small steps they are all but the curves themselves. */
const FINE = { count: 300, steps: 60 };
/** Lines that are drawn: few enough to follow one. */
export const LINES = 40;

/** The share of a cloud's particles that end on the shape; null before they are there. */
export const useEnds = (paths: Paths | null, { centres }: PlaneShape): number | null =>
  useMemo(
    () => paths && shareNear(paths.frames.subarray(-2 * COUNT), centres, NEAR),
    [paths, centres],
  );

/** Some particles along the exact velocity in small steps, and how straight they go. */
export function useFine(shape: PlaneShape, seed: number, path: PlanePath) {
  const { centres } = shape;
  const { value: paths } = useExactAnswer(`${path} ${seed} ${centres.join()}`, (exact) =>
    exact.walk({
      ...{ way: 'back', schedule: SCHEDULE, centres, deviation: BELL, seed },
      straight: path === 'straight',
      choice: { sampler: path === 'straight' ? 'heun' : 'ddim' },
      steps: FINE.steps,
      from: { count: FINE.count },
    }),
  );
  const measured = useMemo(() => paths && straightness(paths, 2), [paths]);
  return { paths, straightness: measured };
}

const first = (values: ArrayLike<number>) => Array.from(values).slice(0, 2 * LINES);

/** Each of the first noises with a point of the shape by chance, as flow matching trains. */
export const byChance = (shape: PlaneShape, fine: Paths): Ends => ({
  x0: shapeDraws(shape, LINES, 4).points,
  noise: first(fine.frames),
});

/** Each of the first noises with its own end under the flow. */
export const byFlow = ({ frames }: Paths): Ends => ({
  x0: first(frames.subarray(-2 * FINE.count)),
  noise: first(frames),
});
