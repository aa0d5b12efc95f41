import { signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { TOY_LABELS, toyData } from '../../../../lib/data/toyData.ts';
import {
  WEIGHTING_NAMES,
  WEIGHTINGS,
  type Weighting,
} from '../../../../lib/math/objectives/weights.ts';
import { makeSchedule } from '../../../../lib/math/process/schedule.ts';
import {
  addColumn,
  bucketFloors,
  type HeatColumn,
  heatCells,
} from '../../../../lib/plots/bound-to-loss/lossHeat.ts';
import { colours } from '../../../../lib/plots/common/colours.ts';
import { LOSS_BUCKETS } from '../../../../lib/worker/protocol.ts';
import { Select } from '../../../controls/Choice.tsx';
import { Desk } from '../../../controls/Desk.tsx';
import { Legend } from '../../../controls/Legend.tsx';
import { Plot } from '../../../controls/Plot.tsx';
import { Stat } from '../../../controls/Stat.tsx';
import { oneOf, urlSignal } from '../../../controls/urlState.ts';
import { Widget } from '../../../controls/Widget.tsx';
import '../bound.css';
import { printNumber } from '../../predict/predictAnswer.ts';
import { ExactMissing, useExactAnswer } from '../../shared/exactAnswer.tsx';
import {
  createTinyRun,
  TINY_SCHEDULE,
  type TinyData,
  type TinyPrediction,
} from '../../shared/tinyRun.ts';
import type { LossHeatWords } from './words.ts';

const { kind, T } = TINY_SCHEDULE;
const STEPS = 3000;
const COLUMN_MS = 400;
const PIXELS = 4;
const DATA: readonly TinyData[] = ['all16', 'two', 'bars'];
const PREDICTIONS = ['epsilon', 'x0', 'v'] as const;
const WEIGHTING_OPTIONS = WEIGHTINGS.map((value) => ({ value, label: WEIGHTING_NAMES[value] }));

/** The run and what it leaves behind: columns of losses, at most one every 400 ms. */
function useHeat() {
  return useMemo(() => {
    const columns = signal<HeatColumn[]>([]);
    let last = Number.NEGATIVE_INFINITY;
    const run = createTinyRun((event) => {
      if (event.type !== 'losses') return;
      const now = performance.now();
      const step = event.steps[event.steps.length - 1];
      if (now - last < COLUMN_MS && step < STEPS) return;
      last = now;
      columns.value = addColumn(columns.value, { step, buckets: [...event.buckets] });
    });
    return { columns, run };
  }, []);
}

/** A small network trained in the page: its loss at each noise level, falling to the floor. */
export default function LossHeat({ words: say }: { words: LossHeatWords }) {
  const state = useMemo(
    () => ({
      dataset: urlSignal<TinyData>('heat.data', 'all16', oneOf(DATA)),
      prediction: urlSignal<TinyPrediction>('heat.prediction', 'epsilon', oneOf(PREDICTIONS)),
      weighting: urlSignal<Weighting>('heat.weighting', 'simple', oneOf(WEIGHTINGS)),
    }),
    [],
  );
  const { dataset, prediction, weighting } = state;
  const { columns, run } = useHeat();
  const floor = useExactAnswer(dataset.value, (exact) =>
    exact.mmse({ schedule: { kind, T }, ...toyData(dataset.value) }),
  );
  const mmse = floor.value;
  useEffect(() => () => run.stop(), []);
  // A new choice is a new experiment: what was trained before does not belong to it.
  const clear = () => {
    run.stop();
    columns.value = [];
  };
  const schedule = useMemo(() => makeSchedule(kind, T), []);
  const floors = useMemo(
    () => mmse && bucketFloors(mmse, prediction.value, schedule, PIXELS, LOSS_BUCKETS),
    [mmse, prediction.value],
  );
  const now = columns.value[columns.value.length - 1];
  const heat = useMemo(
    () => async () =>
      (await import('../../../../lib/plots/bound-to-loss/lossHeatPlot.ts')).heatPlot(
        heatCells(columns.value),
        floors ?? Array(LOSS_BUCKETS).fill(Number.NaN),
        T,
        STEPS,
        say.plot,
      ),
    [columns.value, floors],
  );
  const bars = useMemo(
    () => async () =>
      (await import('../../../../lib/plots/bound-to-loss/lossHeatPlot.ts')).floorPlot(
        now?.buckets ?? Array(LOSS_BUCKETS).fill(Number.NaN),
        floors ?? Array(LOSS_BUCKETS).fill(Number.NaN),
        T,
        say.plot,
      ),
    [now, floors],
  );
  const status = run.status.value;
  const busy = status === 'training' || status === 'starting';
  const start = () => {
    columns.value = [];
    return run.start({
      dataset: dataset.value,
      prediction: prediction.value,
      weighting: weighting.value,
      steps: STEPS,
    });
  };
  const main = busy
    ? { name: say.pause, act: () => run.pause() }
    : status === 'paused'
      ? { name: say.goOn, act: () => run.resume() }
      : { name: status === 'done' ? say.again : say.train, act: start };
  const mean = (values: readonly number[] | null | undefined) => {
    const finite = values?.filter(Number.isFinite) ?? [];
    return finite.length > 0 ? finite.reduce((a, b) => a + b, 0) / finite.length : Number.NaN;
  };
  const show = (v: number) => (Number.isFinite(v) ? printNumber(v, 4) : '…');
  const choose =
    <V extends string>(target: { value: V }) =>
    (value: V) => {
      target.value = value;
      clear();
    };
  return (
    <Widget
      id="heat"
      computes
      title={say.title}
      onReset={() => {
        dataset.value = 'all16';
        prediction.value = 'epsilon';
        weighting.value = 'simple';
        clear();
      }}
      caption={say.caption}
    >
      {run.error.value && (
        <p class="error" role="alert">
          {run.error.value}
        </p>
      )}
      <ExactMissing of={floor} lacks={say.lacks} />
      <Desk
        main={
          <>
            <div class="row">
              <button
                type="button"
                class="button primary"
                disabled={status === 'starting'}
                onClick={main.act}
              >
                {main.name}
              </button>
            </div>
            <p class="note" role="status">
              {status === 'starting' ? say.starting : status === 'done' ? say.done : ''}
            </p>
          </>
        }
        stats={
          <div class="stats">
            <Stat label={say.step} value={say.stepOf(run.step.value, STEPS)} />
            <Stat label={say.lossAll} value={show(mean(now?.buckets))} />
            <Stat label={say.floorAll} value={show(mean(floors))} />
          </div>
        }
        settings={[dataset, prediction, weighting]}
        rest={
          <div class="row">
            <Select
              label={say.data}
              value={dataset.value}
              options={DATA.map((value) => ({ value, label: TOY_LABELS[value] }))}
              onChange={choose(dataset)}
            />
            <Select
              label={say.predicts}
              value={prediction.value}
              options={PREDICTIONS.map((value) => ({ value, label: say.predictions[value] }))}
              onChange={choose(prediction)}
            />
            <Select
              label={say.weights}
              value={weighting.value}
              options={WEIGHTING_OPTIONS}
              onChange={choose(weighting)}
            />
          </div>
        }
      >
        <div class="columns">
          <div>
            <Plot
              title={say.heatTitle}
              options={heat}
              ratio={0.75}
              summary={now ? say.heatSummary(now.step, [...now.buckets].map(show)) : say.empty}
            />
            <p class="note heat-key">
              <span aria-hidden="true" class="heat-ramp" /> {say.ramp}
            </p>
          </div>
          <div>
            <Plot
              title={say.floorTitle}
              options={bars}
              ratio={0.75}
              summary={say.floorSummary(
                (floors ?? []).map(show).join(', ') || (floor.error ? say.missing : say.computed),
              )}
            />
            <Legend
              entries={[
                { name: say.network, colour: colours.p },
                { name: say.floor, colour: colours.exact },
              ]}
            />
          </div>
        </div>
      </Desk>
    </Widget>
  );
}
