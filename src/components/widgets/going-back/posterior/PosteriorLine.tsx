import { useEffect, useMemo } from 'preact/hooks';
import { posterior } from '../../../../lib/math/process/posterior.ts';
import {
  makeSchedule,
  SCHEDULE_KINDS,
  type ScheduleKind,
} from '../../../../lib/math/process/schedule.ts';
import { splitExample } from '../../../../lib/plots/going-back/reverseKernel.ts';
import { fixed } from '../../../../lib/words/printNumber.ts';
import { Select } from '../../../controls/Choice.tsx';
import { Desk } from '../../../controls/Desk.tsx';
import { DragPlot } from '../../../controls/DragPlot.tsx';
import { publishLive } from '../../../controls/live.ts';
import { Plot } from '../../../controls/Plot.tsx';
import { Slider } from '../../../controls/Slider.tsx';
import { Stat } from '../../../controls/Stat.tsx';
import { integer, number, oneOf, urlSignal } from '../../../controls/urlState.ts';
import { Widget } from '../../../controls/Widget.tsx';
import { printNumber } from '../../predict/predictAnswer.ts';
import { SCHEDULE_OPTIONS } from '../../shared/scheduleNames.ts';
import type { PosteriorLineWords } from './words.ts';

type Kind = 'example' | ScheduleKind;
const KINDS: readonly Kind[] = ['example', ...SCHEDULE_KINDS];
const OPTIONS = [{ value: 'example' as Kind, label: 'β = 0.1, 0.2' }, ...SCHEDULE_OPTIONS];

/** q(x_{t−1}|x_t,x_0): two handles, one bell. */
export default function PosteriorLine({ words: say }: { words: PosteriorLineWords }) {
  const state = useMemo(
    () => ({
      kind: urlSignal<Kind>('posterior.schedule', 'example', oneOf(KINDS)),
      T: urlSignal('posterior.T', 20, integer(2, 1000)),
      t: urlSignal('posterior.t', 2, integer(1, 1000)),
      x0: urlSignal('posterior.x0', 1, number(-2, 2)),
      xt: urlSignal('posterior.xt', -1, number(-2, 2)),
    }),
    [],
  );
  const { kind, T, x0, xt } = state;
  const example = kind.value === 'example';
  const steps = example ? 2 : T.value;
  const t = Math.min(state.t.value, steps);
  const schedule = useMemo(
    () => (kind.value === 'example' ? splitExample(2) : makeSchedule(kind.value, T.value)),
    [kind.value, T.value],
  );
  const q = useMemo(() => posterior(schedule, t), [schedule, t]);
  const mean = q.x0Coefficient * x0.value + q.xtCoefficient * xt.value;
  useEffect(
    () =>
      publishLive({
        x0Coefficient: q.x0Coefficient,
        xtCoefficient: q.xtCoefficient,
        posteriorVariance: q.variance,
      }),
    [q],
  );
  const names = { ...say.plot, ofClean: say.ofClean, ofNoisy: say.ofNoisy };
  const bell = useMemo(
    () => async () =>
      (await import('../../../../lib/plots/going-back/posteriorLine.ts')).posteriorPlot(
        q,
        x0.value,
        xt.value,
        2.3,
        names,
      ),
    [q, x0.value, xt.value],
  );
  const overTime = useMemo(
    () => async () => {
      const { shares, sharesPlot } = await import(
        '../../../../lib/plots/going-back/posteriorLine.ts'
      );
      return sharesPlot(shares(schedule), t, names);
    },
    [schedule, t],
  );
  const moveX0 = (v: number) => {
    x0.value = v;
  };
  const moveXt = (v: number) => {
    xt.value = v;
  };
  const pixelRange = { y: 0, min: -2, max: 2, step: 0.01 };
  const reset = () => {
    kind.value = 'example';
    T.value = 20;
    state.t.value = 2;
    x0.value = 1;
    xt.value = -1;
  };
  const pixel = (v: number) => fixed(v, 2);
  return (
    <Widget
      id="posterior"
      inForce={{ T: steps, t }}
      title={say.title}
      onReset={reset}
      caption={say.caption}
    >
      <Desk
        main={
          <div class="row">
            <Slider
              label={say.clean}
              value={x0.value}
              min={-2}
              max={2}
              step={0.01}
              format={pixel}
              onInput={moveX0}
            />
            <Slider
              label={say.noisy}
              value={xt.value}
              min={-2}
              max={2}
              step={0.01}
              format={pixel}
              onInput={moveXt}
            />
          </div>
        }
        stats={
          <div class="stats">
            <Stat label={say.cleanShare} value={q.x0Coefficient} />
            <Stat label={say.noisyShare} value={q.xtCoefficient} />
            <Stat label={say.mean} value={mean} />
            <Stat label={say.variance} value={q.variance} />
            <Stat label={say.together} value={q.x0Coefficient + q.xtCoefficient} />
          </div>
        }
        settings={[state.t, T, kind]}
        rest={
          <div class="row">
            <Slider
              label="t"
              value={t}
              min={1}
              max={steps}
              onInput={(v) => {
                state.t.value = v;
              }}
            />
            <Slider
              label={say.steps}
              value={steps}
              min={2}
              max={1000}
              log
              disabled={example}
              onInput={(v) => {
                T.value = v;
              }}
            />
            <Select
              label={say.schedule}
              value={kind.value}
              options={OPTIONS}
              onChange={(v) => {
                kind.value = v;
              }}
            />
          </div>
        }
      >
        <div class="columns">
          <DragPlot
            handles={[
              { ...pixelRange, x: x0.value, onDrag: moveX0 },
              { ...pixelRange, x: xt.value, onDrag: moveXt },
            ]}
          >
            <Plot
              title={say.bellTitle}
              options={bell}
              ratio={0.6}
              summary={say.bellSummary(
                pixel(x0.value),
                pixel(xt.value),
                mean.toFixed(4),
                printNumber(q.variance, 5),
              )}
            />
          </DragPlot>
          <div>
            <Plot
              title={say.sharesTitle}
              options={overTime}
              ratio={0.52}
              summary={say.sharesSummary(
                t,
                steps,
                printNumber(q.x0Coefficient, 4),
                printNumber(q.xtCoefficient, 4),
              )}
            />
          </div>
        </div>
      </Desk>
    </Widget>
  );
}
