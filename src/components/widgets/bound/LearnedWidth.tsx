import { useMemo } from 'preact/hooks';
import { widthPoints, widthSummary } from '../../../lib/plots/bound/learnedWidth.ts';
import { Plot } from '../../controls/Plot.tsx';
import type { BoundWords } from './words.ts';

interface Props {
  /** v_t by t, NaN where none was learned. */
  v: ArrayLike<number>;
  /** The exact denoiser's, to lay beside it. */
  exact?: ArrayLike<number>;
  /** Said before the numbers. */
  about: string;
  say: BoundWords['width'];
}

/** Where the learned width lies between β̃ and β, at each t. */
export function LearnedWidth({ v, exact, about, say }: Props) {
  const points = useMemo(() => widthPoints(v), [v]);
  const options = useMemo(
    () => async () =>
      (await import('../../../lib/plots/bound/learnedWidthPlot.ts')).widthPlot(
        points,
        exact ? widthPoints(exact) : [],
        v.length - 1,
      ),
    [points, exact],
  );
  return (
    <Plot
      title={say.title}
      options={options}
      ratio={0.26}
      summary={`${about} ${widthSummary(points, say)}`}
    />
  );
}
