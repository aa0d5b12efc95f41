import { useMemo } from 'preact/hooks';
import { noiseVarianceWithoutRoot } from '../../../../lib/math/mistakes/mistakes.ts';
import {
  makeSchedule,
  SCHEDULE_KINDS,
  type Schedule,
  type ScheduleKind,
} from '../../../../lib/math/process/schedule.ts';
import { colours } from '../../../../lib/plots/common/colours.ts';
import { Segmented, Select } from '../../../controls/Choice.tsx';
import { Desk } from '../../../controls/Desk.tsx';
import { Plot } from '../../../controls/Plot.tsx';
import { oneOf, urlSignal } from '../../../controls/urlState.ts';
import { Widget } from '../../../controls/Widget.tsx';
import { printNumber } from '../../predict/predictAnswer.ts';
import { SCHEDULE_OPTIONS } from '../../shared/scheduleNames.ts';
import type { VarianceMistakeWords } from './words.ts';

const T = 1000;
const MISTAKES = ['none', 'beta', 'noShrink'] as const;
type MistakeName = (typeof MISTAKES)[number];

/** Variance of one pixel of variance 1, for t = 0..T. */
function varianceOf(schedule: Schedule, mistake: MistakeName): Float64Array {
  if (mistake === 'noShrink') {
    let sum = 1;
    return schedule.beta.map((beta) => (sum += beta));
  }
  const noise = mistake === 'beta' ? noiseVarianceWithoutRoot(schedule) : schedule.noiseVariance;
  return schedule.alphaBar.map((alphaBar, t) => alphaBar + noise[t]);
}

/** Variance of one pixel along the chain, as it should be and under a mistake. */
export default function VarianceMistake({ words: say }: { words: VarianceMistakeWords }) {
  const state = useMemo(
    () => ({
      kind: urlSignal('variance.schedule', 'linear' as ScheduleKind, oneOf(SCHEDULE_KINDS)),
      mistake: urlSignal('variance.mistake', 'beta' as MistakeName, oneOf(MISTAKES)),
    }),
    [],
  );
  const schedule = useMemo(() => makeSchedule(state.kind.value, T), [state.kind.value]);
  const right = useMemo(() => varianceOf(schedule, 'none'), [schedule]);
  const shown = useMemo(
    () => varianceOf(schedule, state.mistake.value),
    [schedule, state.mistake.value],
  );
  const options = useMemo(
    () => async () => {
      const { lines } = await import('../../../../lib/plots/common/common.ts');
      const points = (values: Float64Array) => Array.from(values, (y, x) => ({ x, y }));
      return lines({
        curves: [
          {
            points: points(right),
            colour: colours.exact,
            name: say.atEnd(say.mistakes.none, printNumber(right[T])),
          },
          {
            points: points(shown),
            name:
              state.mistake.value === 'none'
                ? undefined
                : say.atEnd(say.mistakes[state.mistake.value], printNumber(shown[T])),
            colour: state.mistake.value === 'none' ? colours.exact : colours.warn,
          },
        ],
        x: { label: 't', counts: true },
        y: { label: say.axis, domain: [0, Math.max(1.2, 1.05 * shown[T])] },
        levels: [1],
      });
    },
    [right, shown],
  );
  return (
    <Widget id="variance-mistake" title={say.title} caption={say.caption}>
      <Desk
        main={
          <div class="row">
            <Segmented
              label={say.step}
              value={state.mistake.value}
              options={MISTAKES.map((value) => ({ value, label: say.mistakes[value] }))}
              onChange={(v) => (state.mistake.value = v)}
            />
            <Select
              label={say.schedule}
              value={state.kind.value}
              options={SCHEDULE_OPTIONS}
              onChange={(v) => (state.kind.value = v)}
            />
          </div>
        }
      >
        <Plot
          options={options}
          ratio={0.4}
          summary={say.summary(printNumber(right[T]), printNumber(shown[T]))}
        />
      </Desk>
    </Widget>
  );
}
