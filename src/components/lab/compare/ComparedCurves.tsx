import { useMemo } from 'preact/hooks';
import { comparedCurves } from '../../../lib/plots/lab/compare.ts';
import { Plot } from '../../controls/Plot.tsx';
import * as show from '../../trainer/format.ts';
import type { LabWords } from '../words.ts';
import type { NamedRun } from './useChosen.ts';

/** The losses of the chosen runs, each line with its name at its end. */
export function ComparedCurves({
  words: say,
  runs,
}: {
  words: LabWords['compare'];
  runs: NamedRun[];
}) {
  const options = useMemo(
    () =>
      comparedCurves(
        runs.map(({ name, run }) => ({ name, points: run.curve })),
        { step: say.step, loss: say.loss },
      ),
    [runs, say],
  );
  const predictions = new Set(runs.map(({ run }) => run.config.diffusion.prediction));
  return (
    <>
      <Plot
        options={options}
        title={say.curves}
        ratio={0.4}
        summary={runs
          .map(({ name, run }) => say.summary(name, show.loss(run.loss), show.count(run.step)))
          .join(' ')}
      />
      {predictions.size > 1 && <p class="note">{say.units}</p>}
    </>
  );
}
