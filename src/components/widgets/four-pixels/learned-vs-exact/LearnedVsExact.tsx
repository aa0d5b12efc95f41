import { useEffect, useMemo } from 'preact/hooks';
import { toyData } from '../../../../lib/data/toyData.ts';
import { finiteDenoiser } from '../../../../lib/math/exact/finite.ts';
import { colours } from '../../../../lib/plots/common/colours.ts';
import { Segmented } from '../../../controls/Choice.tsx';
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
      (await import('../../../../lib/plots/four-pixels/slice.ts')).lossOverT(points, say.axes),
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
    <Widget
      id="learned-vs-exact"
      computes
      title="The network beside the exact answer"
      caption={`${STEPS} steps of training, then ${SAMPLES} samples: each belongs to the image it is nearest to.`}
    >
      <div class="controls row">
        <Segmented
          label="Data"
          value={dataset.value}
          options={[
            { value: 'all16', label: 'all sixteen' },
            { value: 'two', label: '{a, −a}' },
          ]}
          onChange={(v) => change(() => (dataset.value = v))}
        />
        <Segmented
          label="Chain"
          value={chain.value}
          options={NAMES.map((value) => ({ value, label: CHAINS[value] }))}
          onChange={(v) => change(() => (chain.value = v))}
        />
        {busy ? (
          <button type="button" class="button" onClick={session.stop}>
            Stop
          </button>
        ) : (
          <button
            type="button"
            class="button primary"
            onClick={() => session.run(chain.value, dataset.value)}
          >
            Train and compare
          </button>
        )}
      </div>
      {busy && (
        <div class="progress">
          <progress max={STEPS} value={session.step.value} aria-label="Training" />
          <span class="note">
            {session.status.value === 'measuring'
              ? 'Measuring …'
              : `Step ${session.step.value} of ${STEPS}`}
          </span>
        </div>
      )}
      {session.error.value && (
        <p class="error" role="alert">
          {session.error.value}
        </p>
      )}
      <div class="stats">
        <Stat
          label="Loss of the network"
          value={Number.isNaN(session.smoothed.value) ? '–' : session.smoothed.value.toFixed(4)}
        />
        <Stat label="Least possible loss" value={floor.toFixed(4)} />
        {result && (
          <Stat
            label="χ² against the exact law"
            value={`${result.test.statistic.toFixed(1)} on ${result.test.degrees}`}
          />
        )}
        {result && (
          <Stat
            label="p-value"
            value={printNumber(result.test.pValue, 3)}
            hint="The chance of counts at least this uneven if the network sampled exactly"
          />
        )}
      </div>
      <Legend
        entries={[
          { name: 'exact', colour: colours.exact },
          { name: result ? 'the network' : 'the network, once trained', colour: colours.p },
        ]}
      />
      <div class="columns">
        <Plot
          title="Loss at each t"
          options={loss}
          ratio={0.7}
          summary={points
            .map(
              ({ t, mean, floor }) =>
                `t = ${t}: ${Number.isFinite(mean) ? `${mean.toFixed(3)}, ` : ''}floor ${floor.toFixed(3)}`,
            )
            .join('; ')}
        />
        <Plot
          title={`Pull on a slice at t = ${exact.sliceT}`}
          options={field}
          ratio={1}
          summary="Arrows from points of a plane towards where each denoiser believes the clean image to be. Where the thin arrows cover the thick ones the network is right."
        />
      </div>
      {result && (
        <div>
          <p class="plot-title">
            How often each image was drawn, and how often it should have been
          </p>
          <div class="modes">
            {toy.data.map((image, i) => (
              <div key={i}>
                <Pixels
                  data={image}
                  width={2}
                  height={2}
                  label={`Image ${i + 1}: drawn ${result.counts[i]} times, expected ${(result.expected[i] * SAMPLES).toFixed(0)}`}
                />
                <small>
                  {result.counts[i]} / {(result.expected[i] * SAMPLES).toFixed(0)}
                </small>
              </div>
            ))}
          </div>
        </div>
      )}
    </Widget>
  );
}
