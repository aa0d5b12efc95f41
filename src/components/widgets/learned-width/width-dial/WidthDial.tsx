import { useMemo } from 'preact/hooks';
import {
  makeSchedule,
  SCHEDULE_KINDS,
  type ScheduleKind,
} from '../../../../lib/math/process/schedule.ts';
import { colours } from '../../../../lib/plots/common/colours.ts';
import {
  bestCurve,
  DIAL,
  dialCurves,
  dialView,
  fractionAt,
  REACH,
  sideOf,
  termCurve,
  truthCurve,
} from '../../../../lib/plots/learned-width/widthDial.ts';
import { fixed, printNumber } from '../../../../lib/words/printNumber.ts';
import { Select } from '../../../controls/Choice.tsx';
import { Desk } from '../../../controls/Desk.tsx';
import { DragPlot } from '../../../controls/DragPlot.tsx';
import { Legend } from '../../../controls/Legend.tsx';
import { Plot } from '../../../controls/Plot.tsx';
import { Slider } from '../../../controls/Slider.tsx';
import { Stat } from '../../../controls/Stat.tsx';
import { integer, number, oneOf, urlSignal } from '../../../controls/urlState.ts';
import { Widget } from '../../../controls/Widget.tsx';
import { SCHEDULE_OPTIONS } from '../../shared/scheduleNames.ts';
import type { WidthDialWords } from './words.ts';

/** A short chain, whose two ends are far apart. */
const START = { f: 0, t: 5, T: 16, kind: 'cosine' as ScheduleKind };
const LONGEST = 200;

/** One step of one pixel: a bell to widen between β̃ and β, and what the bound says of it. */
export default function WidthDial({ words: say }: { words: WidthDialWords }) {
  const state = useMemo(
    () => ({
      f: urlSignal('dial.f', START.f, number(...DIAL)),
      t: urlSignal('dial.t', START.t, integer(2, LONGEST)),
      T: urlSignal('dial.T', START.T, integer(4, LONGEST)),
      kind: urlSignal<ScheduleKind>('dial.schedule', START.kind, oneOf(SCHEDULE_KINDS)),
    }),
    [],
  );
  const { f, T, kind } = state;
  const t = Math.min(state.t.value, T.value);
  const schedule = useMemo(() => makeSchedule(kind.value, T.value), [kind.value, T.value]);
  const truth = useMemo(() => truthCurve(schedule, t), [schedule, t]);
  const bowl = useMemo(() => termCurve(schedule, t), [schedule, t]);
  const along = useMemo(() => bestCurve(schedule), [schedule]);
  const view = useMemo(() => dialView(schedule, t, f.value), [schedule, t, f.value]);
  const [deviation, narrow, wide] = [view.variance, view.betaTilde, view.beta].map(Math.sqrt);
  const plots = () => import('../../../../lib/plots/learned-width/widthDialPlot.ts');
  const bells = useMemo(
    () => async () =>
      (await plots()).bellsPlot(
        dialCurves(schedule, t, truth, f.value),
        deviation,
        say.axes,
        say.names,
      ),
    [truth, f.value],
  );
  const term = useMemo(
    () => async () =>
      (await plots()).termPlot(
        bowl,
        { x: f.value, y: view.term },
        { x: view.best, y: view.least },
        say.axes,
        say.names,
      ),
    [bowl, f.value],
  );
  const chain = useMemo(() => async () => (await plots()).bestPlot(along, t, say.axes), [along, t]);
  const set = (value: number) => {
    f.value = Math.round(1000 * value) / 1000;
  };
  const bestAt = (at: number) => fixed(along[at - 2].y, 3);
  return (
    <Widget
      id="width-dial"
      inForce={{ T: T.value }}
      title={say.title}
      caption={say.caption}
      onReset={() => {
        f.value = START.f;
        state.t.value = START.t;
        T.value = START.T;
        kind.value = START.kind;
      }}
    >
      <Desk
        main={
          <>
            <div class="row">
              <Slider
                label={say.fraction}
                value={f.value}
                min={DIAL[0]}
                max={DIAL[1]}
                step={0.01}
                format={(v) => fixed(v, 2)}
                onInput={set}
              />
              <Slider
                label={say.step}
                value={t}
                min={2}
                max={T.value}
                onInput={(v) => {
                  state.t.value = v;
                }}
              />
            </div>
            <div class="buttons">
              <button type="button" class="button" onClick={() => set(0)}>
                {say.narrow}
              </button>
              <button type="button" class="button" onClick={() => set(1)}>
                {say.wide}
              </button>
              <button type="button" class="button" onClick={() => set(view.best)}>
                {say.toBest}
              </button>
            </div>
          </>
        }
        stats={
          <div class="stats">
            <Stat label={say.deviation} value={deviation} />
            <Stat label={say.term} value={view.term} format={(v) => say.nats(printNumber(v, 4))} />
            <Stat
              label={say.least}
              value={view.least}
              format={(v) => say.nats(printNumber(v, 4))}
            />
            <Stat label={say.best} value={view.best} />
            <Stat
              label={say.ratio}
              value={view.betaTilde / view.beta}
              format={(v) => `${(100 * v).toFixed(1)} %`}
            />
          </div>
        }
        settings={[T, kind]}
        rest={
          <div class="row">
            <Slider
              label={say.steps}
              value={T.value}
              min={4}
              max={LONGEST}
              log
              onInput={(v) => {
                T.value = v;
              }}
            />
            <Select
              label={say.schedule}
              value={kind.value}
              options={SCHEDULE_OPTIONS}
              onChange={(v) => {
                kind.value = v;
              }}
            />
          </div>
        }
      >
        <div class="pair low">
          <div>
            <DragPlot
              handles={[
                {
                  ...sideOf(deviation),
                  min: 0.05 * wide,
                  max: REACH * wide,
                  step: wide / 500,
                  onDrag: (x) => set(fractionAt(schedule, t, x)),
                },
              ]}
            >
              <Plot
                title={say.bells}
                options={bells}
                ratio={0.62}
                summary={say.bellsSummary(
                  t,
                  printNumber(narrow, 3),
                  printNumber(wide, 3),
                  printNumber(deviation, 3),
                  printNumber(Math.sqrt(dialView(schedule, t, view.best).variance), 3),
                )}
              />
            </DragPlot>
          </div>
          <div>
            <DragPlot
              handles={[
                {
                  x: f.value,
                  y: view.term,
                  min: DIAL[0],
                  max: DIAL[1],
                  step: 0.01,
                  onDrag: set,
                },
              ]}
            >
              <Plot
                title={say.bowl}
                options={term}
                ratio={0.62}
                summary={say.bowlSummary(
                  fixed(f.value, 2),
                  printNumber(view.term, 4),
                  fixed(view.best, 3),
                  printNumber(view.least, 4),
                )}
              />
            </DragPlot>
          </div>
        </div>
        <Legend
          entries={[
            { name: say.names.truth, colour: colours.exact },
            { name: say.legend.betaTilde, colour: colours.noise, dash: '2 3' },
            { name: say.legend.beta, colour: colours.q, dash: '9 3 2 3' },
          ]}
        />
        <Plot
          title={say.along}
          options={chain}
          ratio={0.24}
          summary={say.alongSummary(bestAt(2), t, bestAt(t), T.value, bestAt(T.value))}
        />
      </Desk>
    </Widget>
  );
}
