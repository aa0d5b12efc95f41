import { useEffect, useMemo } from 'preact/hooks';
import { toyData } from '../../../../lib/data/toyData.ts';
import { finiteDenoiser } from '../../../../lib/math/exact/finite.ts';
import { colours } from '../../../../lib/plots/common/colours.ts';
import { Segmented } from '../../../controls/Choice.tsx';
import { Desk } from '../../../controls/Desk.tsx';
import { Legend } from '../../../controls/Legend.tsx';
import { Pixels } from '../../../controls/Pixels.tsx';
import { Plot } from '../../../controls/Plot.tsx';
import { Stat } from '../../../controls/Stat.tsx';
import { oneOf, urlSignal } from '../../../controls/urlState.ts';
import { Widget } from '../../../controls/Widget.tsx';
import { printNumber } from '../../predict/predictAnswer.ts';
import {
  CHAINS,
  type ChainName,
  createSession,
  SAMPLES,
  STEPS,
  scheduleOfChain,
  sliceTimeOf,
  type TwoSets,
  timesOf,
} from './learnedVsExact.ts';
import { exactArrows, onPlane } from './slice.ts';
import '../four-pixels.css';
import type { LearnedVsExactWords } from './words.ts';

const NAMES = Object.keys(CHAINS) as ChainName[];

/** A network trained on 2×2 images in the page, and the exact denoiser that it is trying to become. */
export default function LearnedVsExact({ words: say }: { words: LearnedVsExactWords }) {
  const state = useMemo(
    () => ({
      chain: urlSignal('learned.chain', 'linear10' as ChainName, oneOf(NAMES)),
      dataset: urlSignal('learned.data', 'all16' as TwoSets, oneOf(['all16', 'two'] as const)),
    }),
    [],
  );
  const session = useMemo(createSession, []);
  useEffect(() => () => session.stop(), []);
  const { chain, dataset } = state;
  const toy = useMemo(() => toyData(dataset.value), [dataset.value]);
  // What the network is to become is known before it is trained.
  const exact = useMemo(() => {
    const schedule = scheduleOfChain(chain.value);
    const denoiser = finiteDenoiser({ ...toy, schedule });
    const floors = Array.from({ length: schedule.T }, (_, i) =>
      denoiser.lossFloor(i + 1, 'epsilon'),
    );
    const sliceT = sliceTimeOf(schedule);
    return {
      floor: floors.reduce((a, b) => a + b, 0) / floors.length / 4,
      loss: timesOf(schedule).map((t) => ({
        t,
        mean: Number.NaN,
        standardError: Number.NaN,
        floor: floors[t - 1] / 4,
      })),
      sliceT,
      arrows: exactArrows(denoiser, sliceT),
    };
  }, [toy, chain.value]);
  const floor = exact.floor;
  const result = session.result.value;
  const busy = session.status.value === 'training' || session.status.value === 'measuring';
  const points = result?.loss ?? exact.loss;
  const loss = useMemo(
    () => async () =>
      (await import('../../../../lib/plots/four-pixels/slice.ts')).lossOverT(points, say.axes, {
        exact: say.exact,
        network: say.network,
      }),
    [points],
  );
  const field = useMemo(
    () => async () =>
      (await import('../../../../lib/plots/four-pixels/slice.ts')).sliceField(
        exact.arrows,
        result?.learned ?? [],
        toy.data
          .map(onPlane)
          .filter((p, i) => Math.abs(p.u ** 2 + p.w ** 2 - toy.data[i].length) < 1e-9),
        say.axes,
      ),
    [exact, result],
  );
  const change = (set: () => void) => {
    session.stop();
    session.result.value = null;
    session.status.value = 'idle';
    set();
  };
  return (
    <Widget id="learned-vs-exact" computes title={say.title} caption={say.caption(STEPS, SAMPLES)}>
      {session.error.value && (
        <p class="error" role="alert">
          {session.error.value}
        </p>
      )}
      <Desk
        main={
          <>
            <div class="buttons">
              {' '}
              {busy ? (
                <button type="button" class="button" onClick={session.stop}>
                  {say.stop}
                </button>
              ) : (
                <button
                  type="button"
                  class="button primary"
                  onClick={() => session.run(chain.value, dataset.value)}
                >
                  {say.train}
                </button>
              )}
            </div>
            <div class="row">
              <Segmented
                label={say.data}
                value={dataset.value}
                options={[
                  { value: 'all16', label: say.sets.all16 },
                  { value: 'two', label: say.sets.two },
                ]}
                onChange={(v) => change(() => (dataset.value = v))}
              />
              <Segmented
                label={say.chain}
                value={chain.value}
                options={NAMES.map((value) => ({ value, label: CHAINS[value] }))}
                onChange={(v) => change(() => (chain.value = v))}
              />
            </div>
            {busy && (
              <div class="progress">
                <progress max={STEPS} value={session.step.value} aria-label={say.training} />
                <span class="note">
                  {session.status.value === 'measuring'
                    ? say.measuring
                    : say.stepOf(session.step.value, STEPS)}
                </span>
              </div>
            )}
          </>
        }
        stats={
          <div class="stats">
            <Stat
              label={say.loss}
              value={Number.isNaN(session.smoothed.value) ? '–' : session.smoothed.value.toFixed(4)}
            />
            <Stat label={say.least} value={floor.toFixed(4)} />
            {result && (
              <Stat
                label={say.chi}
                value={say.chiOn(result.test.statistic.toFixed(1), result.test.degrees)}
              />
            )}
            {result && (
              <Stat
                label={say.pValue}
                value={printNumber(result.test.pValue, 3)}
                hint={say.pHint}
              />
            )}
          </div>
        }
      >
        <div class="pair">
          <Plot
            title={say.lossTitle}
            options={loss}
            ratio={0.7}
            summary={points
              .map(({ t, mean, floor }) =>
                say.lossAt(t, Number.isFinite(mean) ? mean.toFixed(3) : '', floor.toFixed(3)),
              )
              .join('; ')}
          />
          <Plot
            title={say.pullTitle(exact.sliceT)}
            options={field}
            ratio={1}
            summary={say.pullSummary}
          />
        </div>
        <Legend
          entries={[
            { name: say.exact, colour: colours.exact },
            { name: result ? say.network : say.networkLater, colour: colours.p },
          ]}
        />
        {result && (
          <div>
            <p class="plot-title">{say.counts}</p>
            <div class="modes">
              {toy.data.map((image, i) => (
                <div key={i}>
                  <Pixels
                    data={image}
                    width={2}
                    height={2}
                    label={say.counted(
                      i + 1,
                      result.counts[i],
                      (result.expected[i] * SAMPLES).toFixed(0),
                    )}
                  />
                  <small>
                    {result.counts[i]} / {(result.expected[i] * SAMPLES).toFixed(0)}
                  </small>
                </div>
              ))}
            </div>
          </div>
        )}
      </Desk>
    </Widget>
  );
}
