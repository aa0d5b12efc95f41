import '../../shared/forward.css';
import { useMemo, useState } from 'preact/hooks';
import { DOMAINS, FRAME, scheduleView, VIEWS } from '../../../../lib/plots/any-step/schedules.ts';
import { Desk } from '../../../controls/Desk.tsx';
import { Slider } from '../../../controls/Slider.tsx';
import { Widget } from '../../../controls/Widget.tsx';
import { printNumber } from '../../predict/predictAnswer.ts';
import { CursorPlot } from './CursorPlot.tsx';
import { ScheduleTable } from './ScheduleTable.tsx';
import { KNOTS, schedulesState } from './schedulesState.ts';
import type { SchedulesWords } from './words.ts';

export default function Schedules({ words: say }: { words: SchedulesWords }) {
  const [state] = useState(() => schedulesState(say.own));
  const rows = state.rows.value;
  const T = state.T.value;
  const t = Math.min(state.t.value, T);
  const drawn = useMemo(() => rows.filter((row) => row.shown), [rows]);
  const options = useMemo(
    () =>
      Object.fromEntries(
        VIEWS.map((view) => [view, () => scheduleView(drawn, view, say.views[view].axis)]),
      ),
    [drawn],
  );
  const knots = state.knots.value;
  const [bottom, top] = DOMAINS.logSnr;
  const inner = FRAME.height - FRAME.top - FRAME.bottom;
  const perUnit = inner / (top - bottom);

  return (
    <Widget
      id="schedules"
      inForce={{ t }}
      title={say.title}
      onReset={state.reset}
      caption={say.caption}
    >
      <Desk
        side="27.5rem"
        main={
          <div class="row">
            <Slider
              label={say.cursor}
              value={t}
              min={1}
              max={T}
              format={(v) => say.cursorOf(v, T)}
              onInput={(next) => {
                state.t.value = next;
              }}
            />
            <Slider
              label={say.steps}
              value={T}
              min={10}
              max={1000}
              log
              onInput={(next) => {
                state.t.value = Math.max(1, Math.round((t / T) * next));
                state.T.value = next;
              }}
            />
          </div>
        }
        stats={<ScheduleTable state={state} t={t} say={say} />}
      >
        <div class="four-plots">
          {VIEWS.map((view) => (
            <CursorPlot
              key={view}
              title={say.views[view].title}
              options={options[view]}
              summary={say.summary(
                drawn.length,
                t,
                drawn.map(({ name, schedule }) => {
                  const value = view === 'logSnr' ? Math.log(schedule.snr[t]) : schedule[view][t];
                  return `${name} ${printNumber(value, 3)}`;
                }),
              )}
              at={t / T}
              onMove={(at) => {
                state.t.value = Math.max(1, Math.round(at * T));
              }}
            >
              {view === 'logSnr' && (rows.at(-1)?.shown ?? false) && (
                <div class="knots controls" role="group" aria-label={say.knots}>
                  {knots.map((knot, k) => (
                    <input
                      key={k}
                      type="range"
                      aria-label={say.knot(k, knots.length - 1)}
                      aria-orientation="vertical"
                      min={KNOTS.min}
                      max={KNOTS.max}
                      step={0.1}
                      value={knot}
                      style={{
                        '--u': String(k / (knots.length - 1)),
                        top: `calc(var(--top) + ${((top - KNOTS.max) * perUnit) / 16}rem - 0.6rem)`,
                        height: `calc(${((KNOTS.max - KNOTS.min) * perUnit) / 16}rem + 1.2rem)`,
                      }}
                      onInput={(event) => {
                        state.moveKnot(k, event.currentTarget.valueAsNumber);
                        // A pushed or clipped knot keeps its old number: put the thumb back by hand.
                        event.currentTarget.valueAsNumber = state.knots.value[k];
                      }}
                    />
                  ))}
                </div>
              )}
            </CursorPlot>
          ))}
        </div>
      </Desk>
    </Widget>
  );
}
