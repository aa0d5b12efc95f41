import { useEffect, useMemo } from 'preact/hooks';
import { toyData } from '../../../../lib/data/toyData.ts';
import { bestFraction } from '../../../../lib/math/bound/learnedVariance.ts';
import { pointwiseFraction } from '../../../../lib/math/bound/pointwiseWidth.ts';
import { sampled } from '../../../../lib/math/numerics/curves.ts';
import { makeSchedule } from '../../../../lib/math/process/schedule.ts';
import { accountFrom, strata, withNamedWidth } from '../../../../lib/plots/bound/modelLedger.ts';
import { colours } from '../../../../lib/plots/common/colours.ts';
import { fixed, printMeasured } from '../../../../lib/words/printNumber.ts';
import { Segmented } from '../../../controls/Choice.tsx';
import { Desk } from '../../../controls/Desk.tsx';
import { Legend } from '../../../controls/Legend.tsx';
import { Plot } from '../../../controls/Plot.tsx';
import { Stat } from '../../../controls/Stat.tsx';
import { oneOf, urlSignal } from '../../../controls/urlState.ts';
import { Widget } from '../../../controls/Widget.tsx';
import { ExactMissing, useExactAnswer } from '../../shared/exactAnswer.tsx';
import '../../four-pixels/four-pixels.css';
import { FewSteps } from './FewSteps.tsx';
import {
  CHAIN,
  createTrainedWidth,
  DRAWS,
  SETS,
  SLICE,
  SLICE_T,
  STEPS,
  TERM_DRAWS,
  WIDTHS,
  type WidthSet,
} from './trainedWidth.ts';
import { WidthLedger } from './WidthLedger.tsx';
import type { TrainedWidthWords } from './words.ts';

const SCHEDULE = makeSchedule(CHAIN.kind, CHAIN.T);
const ALL = strata(SCHEDULE.T, 1);
const SUBJECT = { schedule: SCHEDULE, dimension: 4 };
/** The t at which a summary says where the width is. */
const SAID = [3, 6, 10];

/** A network that answers how wide its steps are: trained here, measured, and drawn from in few steps. */
export default function TrainedWidth({ words: say }: { words: TrainedWidthWords }) {
  const dataset = useMemo(() => urlSignal<WidthSet>('trained.data', 'bars', oneOf(SETS)), []);
  const session = useMemo(createTrainedWidth, []);
  useEffect(() => () => session.stop(), []);
  const { run, phase, terms, scores } = session;
  const { data, weights } = useMemo(() => toyData(dataset.value), [dataset.value]);
  const asked = { schedule: CHAIN, data, weights };
  const exact = useExactAnswer(dataset.value, async (worker) => {
    const bound = (variance: 'bestIsotropic' | 'bestGaussian') =>
      worker.bound({
        ...{ ...asked, variance },
        ...{ decoder: 'discretized', firstVariance: 'betaTilde2' },
      });
    return {
      mmse: await worker.mmse(asked),
      single: await bound('bestIsotropic'),
      bell: await bound('bestGaussian'),
    };
  });
  const best = useMemo(
    () =>
      exact.value
        ? Array.from(exact.value.mmse, (error, t) => ({ x: t, y: error }))
            .slice(2)
            .map(({ x, y }) => ({ x, y: bestFraction(SCHEDULE, x, y / 4) }))
        : [],
    [exact.value],
  );
  const bestSlice = useMemo(() => {
    const fraction = pointwiseFraction({ schedule: SCHEDULE, data });
    return sampled((x) => fraction(new Float64Array(4).fill(x), SLICE_T)[0], SLICE, 97);
  }, [data]);
  const learned = useMemo(
    () =>
      terms.value.flatMap(({ t, learned: own }) =>
        own && t > 1 ? [{ x: t, y: own.fraction }] : [],
      ),
    [terms.value],
  );
  const accounts = useMemo(
    () =>
      Object.fromEntries(
        WIDTHS.map((width) => [
          width,
          accountFrom(ALL, withNamedWidth(terms.value, width, SUBJECT)) ?? undefined,
        ]),
      ),
    [terms.value],
  );
  const plots = () => import('../../../../lib/plots/learned-width/trainedWidth.ts');
  const overT = useMemo(
    () => async () => (await plots()).fractionsPlot(best, learned, SCHEDULE.T, say.axes.fraction),
    [best, learned],
  );
  const along = useMemo(
    () => async () => (await plots()).slicePlot(bestSlice, session.slice.value, say.axes),
    [bestSlice, session.slice.value],
  );
  const training = run.status.value === 'training';
  const now = phase.value;
  const doing = now === 'idle' || now === 'done' ? null : now;
  const press = () => {
    if (training) return run.pause();
    if (run.status.value === 'paused') return run.resume();
    return session.start(dataset.value);
  };
  const label = training
    ? say.pause
    : run.status.value === 'paused'
      ? say.trainOn
      : run.status.value === 'done'
        ? say.again
        : say.train;
  const at = (points: readonly { x: number; y: number }[], x: number) => {
    const found = points.find((point) => Math.abs(point.x - x) < 0.03);
    return found ? fixed(found.y, 2) : '…';
  };
  const error = run.error.value || session.error.value;
  return (
    <Widget
      id="trained-width"
      computes
      title={say.title}
      caption={say.caption(CHAIN.T, STEPS, TERM_DRAWS, DRAWS)}
      onReset={() => {
        session.stop();
        dataset.value = 'bars';
      }}
    >
      {error && (
        <p class="error" role="alert">
          {error}
        </p>
      )}
      <ExactMissing of={exact} lacks={say.lacks} />
      <Desk
        main={
          <>
            <div class="buttons">
              <button
                type="button"
                class="button primary"
                disabled={run.status.value === 'starting' || doing !== null}
                onClick={press}
              >
                {label}
              </button>
            </div>
            <div class="row">
              <Segmented
                label={say.data}
                value={dataset.value}
                options={SETS.map((value) => ({ value, label: say.sets[value] }))}
                onChange={(v) => {
                  session.stop();
                  dataset.value = v;
                }}
              />
            </div>
            {(run.status.value !== 'idle' || doing) && now !== 'done' && (
              <div class="progress">
                <progress
                  max={doing ? 1 : STEPS}
                  value={doing ? session.progress.value : run.step.value}
                  aria-label={say.training}
                />
                <span class="note" role="status">
                  {doing
                    ? say.phases[doing]
                    : run.status.value === 'starting'
                      ? say.starting
                      : say.stepOf(run.step.value, STEPS)}
                </span>
              </div>
            )}
          </>
        }
        stats={
          <div class="stats">
            {WIDTHS.map((width) => (
              <Stat
                key={width}
                label={say.total(say.widths[width])}
                value={accounts[width]?.total ?? '…'}
                format={(total) => printMeasured(total, accounts[width]?.standardError ?? 0)}
              />
            ))}
            <Stat
              label={say.total(say.exact.single)}
              value={exact.value?.single.bitsPerDim ?? '…'}
            />
          </div>
        }
      >
        <div class="pair">
          <Plot
            title={say.fractions}
            options={overT}
            ratio={0.62}
            summary={say.fractionsSummary(
              SAID.map((t) => at(best, t)),
              learned.length > 0 ? SAID.map((t) => at(learned, t)) : [],
            )}
          />
          <Plot
            title={say.slice(SLICE_T)}
            options={along}
            ratio={0.62}
            summary={say.sliceSummary(
              [at(bestSlice, 0), at(bestSlice, 1.05)],
              session.slice.value.length > 0
                ? [at(session.slice.value, 0), at(session.slice.value, 1.05)]
                : [],
            )}
          />
        </div>
        <Legend
          entries={[
            { name: say.best, colour: colours.exact },
            { name: learned.length > 0 ? say.network : say.later, colour: colours.p },
          ]}
        />
        <WidthLedger accounts={accounts} exact={exact.value} say={say} />
        {scores.value.length > 0 && <FewSteps scores={scores.value} say={say} />}
      </Desk>
    </Widget>
  );
}
