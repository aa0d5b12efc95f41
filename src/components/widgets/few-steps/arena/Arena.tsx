import { useMemo } from 'preact/hooks';
import { SCHEDULE_KINDS, type ScheduleKind } from '../../../../lib/math/process/schedule.ts';
import { SAMPLERS } from '../../../../lib/math/samplers/record.ts';
import { TIME_GRID_NAMES, type TimeGrid } from '../../../../lib/math/samplers/timeGrids.ts';
import { COUNTS, LAW, shownOrder, WANTED } from '../../../../lib/plots/few-steps/arena.ts';
import { fixed } from '../../../../lib/words/printNumber.ts';
import { Segmented, Select } from '../../../controls/Choice.tsx';
import { Desk } from '../../../controls/Desk.tsx';
import { Plot } from '../../../controls/Plot.tsx';
import { Stat } from '../../../controls/Stat.tsx';
import { oneOf, urlSignal } from '../../../controls/urlState.ts';
import { Widget } from '../../../controls/Widget.tsx';
import { printNumber } from '../../predict/predictAnswer.ts';
import { ExactMissing, useExactAnswer } from '../../shared/exactAnswer.tsx';
import { SCHEDULE_OPTIONS } from '../../shared/scheduleNames.ts';
import type { ArenaWords } from './words.ts';

const T = 1000;

/** Every sampler of the book against the exact answer, over what it costs. */
export default function Arena({ words: say }: { words: ArenaWords }) {
  const { grid, kind } = useMemo(
    () => ({
      grid: urlSignal<TimeGrid>('arena.grid', 'time', oneOf(TIME_GRID_NAMES)),
      kind: urlSignal<ScheduleKind>('arena.schedule', 'linear', oneOf(SCHEDULE_KINDS)),
    }),
    [],
  );
  const request = {
    schedule: { kind: kind.value, T },
    law: LAW,
    grid: grid.value,
    seed: 1,
    wanted: WANTED,
    counts: COUNTS,
  };
  const answer = useExactAnswer(`${kind.value} ${grid.value}`, (exact) => exact.arena(request));
  const found = answer.value;
  const options = useMemo(
    () => async () =>
      (await import('../../../../lib/plots/few-steps/arena.ts')).arenaPlot(
        found ?? { curves: [], draws: 1 },
        say.axes,
      ),
    [found],
  );
  const nameOf = ({ sampler }: { sampler: keyof typeof SAMPLERS }) => SAMPLERS[sampler].label;
  return (
    <Widget
      id="arena"
      title={say.title}
      caption={say.caption}
      onReset={() => {
        grid.value = 'time';
        kind.value = 'linear';
      }}
    >
      <ExactMissing lacks={say.lacks} of={answer} />
      <Desk
        main={
          <div class="row">
            <Segmented
              label={say.grid}
              value={grid.value}
              options={TIME_GRID_NAMES.map((value) => ({ value, label: say.grids[value] }))}
              onChange={(value) => {
                grid.value = value;
              }}
            />
            <Select
              label={say.schedule}
              value={kind.value}
              options={SCHEDULE_OPTIONS}
              onChange={(value) => {
                kind.value = value;
              }}
            />
          </div>
        }
        stats={
          <div class="stats" aria-busy={!found}>
            {found?.curves
              .filter(({ noisy }) => !noisy)
              .map((curve) => (
                <Stat
                  key={curve.sampler}
                  label={say.order(nameOf(curve))}
                  value={fixed(shownOrder(curve), 2)}
                />
              ))}
            {!found && !answer.error && <p class="note">{say.computing}</p>}
          </div>
        }
      >
        <Plot
          title={say.plot}
          options={options}
          ratio={0.66}
          summary={say.summary(
            (found?.curves ?? []).map((curve) => {
              const [few, many] = [curve.points[0], curve.points[curve.points.length - 1]];
              return say.line(
                nameOf(curve),
                printNumber(few.error, 2),
                few.evaluations,
                printNumber(many.error, 2),
                many.evaluations,
              );
            }),
          )}
        />
      </Desk>
    </Widget>
  );
}
