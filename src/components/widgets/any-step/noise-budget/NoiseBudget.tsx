import '../../shared/forward.css';
import { useMemo, useState } from 'preact/hooks';
import { noiseShares } from '../../../../lib/math/process/noiseBudget.ts';
import {
  makeSchedule,
  SCHEDULE_KINDS,
  type ScheduleKind,
  scheduleFromBetas,
} from '../../../../lib/math/process/schedule.ts';
import { noiseBudget } from '../../../../lib/plots/any-step/budget.ts';
import { colours } from '../../../../lib/plots/common/colours.ts';
import { Select } from '../../../controls/Choice.tsx';
import { Desk } from '../../../controls/Desk.tsx';
import { Plot } from '../../../controls/Plot.tsx';
import { Scrubber } from '../../../controls/Scrubber.tsx';
import { Slider } from '../../../controls/Slider.tsx';
import { Stat } from '../../../controls/Stat.tsx';
import { integer, oneOf, urlSignal } from '../../../controls/urlState.ts';
import { Widget } from '../../../controls/Widget.tsx';
import { printNumber } from '../../predict/predictAnswer.ts';
import { SCHEDULE_OPTIONS } from '../../shared/scheduleNames.ts';
import type { NoiseBudgetWords } from './words.ts';

type Choice = ScheduleKind | 'example';
const CHOICES: readonly Choice[] = ['example', ...SCHEDULE_KINDS];
const EXAMPLE = scheduleFromBetas([0.1, 0.2]);
/** More noises than this would be thinner than a pixel: drawn as one. */
const MOST_PARTS = 60;
const START = { kind: 'example' as Choice, T: 40, t: 2 };

function budgetState() {
  return {
    kind: urlSignal<Choice>('noise-budget.kind', START.kind, oneOf(CHOICES)),
    T: urlSignal('noise-budget.T', START.T, integer(2, 1000)),
    t: urlSignal('noise-budget.t', START.t, integer(0, 1000)),
  };
}

export default function NoiseBudget({ words: say }: { words: NoiseBudgetWords }) {
  const [state] = useState(budgetState);
  const [kind, T] = [state.kind.value, state.T.value];
  const schedule = useMemo(() => (kind === 'example' ? EXAMPLE : makeSchedule(kind, T)), [kind, T]);
  const t = Math.min(state.t.value, schedule.T);
  const shares = useMemo(() => noiseShares(schedule, t), [schedule, t]);
  const options = useMemo(() => () => noiseBudget(schedule, t, say.axes), [schedule, t]);
  const noise = shares.slice(1).reduce((a, b) => a + b, 0);
  const spelled =
    t > 0 && t <= 4
      ? `${printNumber(shares[0])} + ${Array.from(shares.slice(1), (s) => printNumber(s)).join(' + ')} = ${printNumber(shares[0] + noise)}`
      : undefined;

  return (
    <Widget
      id="noise-budget"
      inForce={{ T: schedule.T, t }}
      title={say.title}
      onReset={() => {
        state.kind.value = START.kind;
        state.T.value = START.T;
        state.t.value = START.t;
      }}
      caption={say.caption}
    >
      <Desk
        main={
          <Scrubber
            label={say.step}
            value={t}
            max={schedule.T}
            onInput={(next) => {
              state.t.value = next;
            }}
            format={(v) => say.stepOf(v, schedule.T)}
          />
        }
        stats={
          <div class="stats">
            <Stat label={say.image} value={shares[0]} />
            <Stat label={say.noise} value={noise} />
            {spelled && <Stat label={say.spelled} value={spelled} />}
          </div>
        }
        settings={[state.kind, state.T]}
        rest={
          <div class="row">
            <Select
              label={say.schedule}
              value={kind}
              options={[{ value: 'example' as Choice, label: 'β = 0.1, 0.2' }, ...SCHEDULE_OPTIONS]}
              onChange={(next) => {
                state.kind.value = next;
                state.t.value = next === 'example' ? 2 : Math.round(T / 2);
              }}
            />
            <Slider
              label={say.steps}
              value={schedule.T}
              min={2}
              max={1000}
              log
              disabled={kind === 'example'}
              onInput={(next) => {
                state.t.value = Math.round((t / T) * next);
                state.T.value = next;
              }}
            />
          </div>
        }
      >
        <div
          class="share"
          role="img"
          aria-label={say.shares(printNumber(shares[0]), printNumber(noise))}
        >
          <span style={{ flexGrow: shares[0], background: colours.exact }} />
          {(t <= MOST_PARTS ? Array.from(shares.slice(1)) : [noise]).map((s, i) => (
            <span
              key={i}
              style={{ flexGrow: s, background: colours.q, opacity: i % 2 ? 0.75 : 1 }}
            />
          ))}
        </div>
        <Plot
          options={options}
          ratio={0.35}
          summary={say.summary(
            t,
            printNumber(shares[0]),
            printNumber(shares[1] ?? 0),
            printNumber(shares[t] ?? 0),
          )}
        />
      </Desk>
    </Widget>
  );
}
