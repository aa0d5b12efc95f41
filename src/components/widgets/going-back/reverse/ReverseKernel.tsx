import { useMemo } from 'preact/hooks';
import {
  makeSchedule,
  SCHEDULE_KINDS,
  type ScheduleKind,
} from '../../../../lib/math/process/schedule.ts';
import {
  averageKl,
  reverseView,
  sameNoise,
  splitExample,
} from '../../../../lib/plots/going-back/reverseKernel.ts';
import { fixed } from '../../../../lib/words/printNumber.ts';
import { Select } from '../../../controls/Choice.tsx';
import { Desk } from '../../../controls/Desk.tsx';
import { DragPlot } from '../../../controls/DragPlot.tsx';
import { Plot } from '../../../controls/Plot.tsx';
import { Slider } from '../../../controls/Slider.tsx';
import { Stat } from '../../../controls/Stat.tsx';
import { integer, number, oneOf, urlSignal } from '../../../controls/urlState.ts';
import { Widget } from '../../../controls/Widget.tsx';
import { printNumber } from '../../predict/predictAnswer.ts';
import { SCHEDULE_OPTIONS } from '../../shared/scheduleNames.ts';
import type { ReverseKernelWords } from './words.ts';

type Kind = 'example' | ScheduleKind;
const KINDS: readonly Kind[] = ['example', ...SCHEDULE_KINDS];
const LADDER = [2, 4, 6, 10, 20, 50, 200, 1000];
const DOMAIN = [-2.2, 2.2] as const;

/** The example has two halves, so its number of steps is even. */
const allowed = (kind: Kind, T: number) => (kind === 'example' ? 2 * Math.round(T / 2) : T);
const scheduleOf = (kind: Kind, T: number) =>
  kind === 'example' ? splitExample(T) : makeSchedule(kind, T);

function useReverseState() {
  return useMemo(
    () => ({
      kind: urlSignal<Kind>('reverse.schedule', 'example', oneOf(KINDS)),
      T: urlSignal('reverse.T', 2, integer(2, 1000)),
      // ᾱ at x_t, which stays when T changes: t is the step nearest to it.
      alphaBar: urlSignal('reverse.alphaBar', 0.72, number(1e-4, 0.9999)),
      xt: urlSignal('reverse.xt', 0, number(-2, 2)),
    }),
    [],
  );
}

const signed = (x: number) => (Math.abs(x) < 5e-7 ? '0' : fixed(x, 9));
const short = (x: number) => (Math.abs(x) < 5e-7 ? '0' : printNumber(x));

/** q(x_{t−1}|x_t) of a pixel that was ±1, exactly, against the best single bell. */
export default function ReverseKernel({ words: say }: { words: ReverseKernelWords }) {
  const { kind, T, alphaBar, xt } = useReverseState();
  const steps = allowed(kind.value, T.value);
  const schedule = useMemo(() => scheduleOf(kind.value, steps), [kind.value, steps]);
  const t = useMemo(() => sameNoise(schedule, alphaBar.value), [schedule, alphaBar.value]);
  const view = useMemo(() => reverseView(schedule, t, xt.value), [schedule, t, xt.value]);
  const average = useMemo(() => averageKl(schedule, t), [schedule, t]);
  const ladder = useMemo(
    () =>
      LADDER.map((n) => {
        const s = scheduleOf(kind.value, n);
        return { x: n, y: averageKl(s, sameNoise(s, alphaBar.value)) };
      }),
    [kind.value, alphaBar.value],
  );
  const melt = useMemo(
    () =>
      [...ladder.filter(({ x }) => x !== steps), { x: steps, y: average }].sort(
        (a, b) => a.x - b.x,
      ),
    [ladder, steps, average],
  );
  const density = useMemo(
    () => async () =>
      (await import('../../../../lib/plots/going-back/reverseKernelPlot.ts')).reversePlot(
        view,
        xt.value,
        DOMAIN,
        say.axes,
        say,
      ),
    [view],
  );
  const curve = useMemo(
    () => async () =>
      (await import('../../../../lib/plots/going-back/reverseKernelPlot.ts')).meltPlot(
        melt,
        steps,
        say.axes,
      ),
    [melt, steps],
  );
  const nats = (v: number) => say.nats(printNumber(v));
  const moveXt = (v: number) => {
    xt.value = v;
  };
  const reset = () => {
    kind.value = 'example';
    T.value = 2;
    alphaBar.value = 0.72;
    xt.value = 0;
  };
  const [first, second] = Array.from(view.mixture.means);
  return (
    <Widget
      id="reverse"
      inForce={{ T: steps }}
      title={say.title}
      onReset={reset}
      caption={say.caption}
    >
      <Desk
        main={
          <div class="row">
            <Slider
              label={say.noisy}
              value={xt.value}
              min={-2}
              max={2}
              step={0.01}
              format={(v) => v.toFixed(2)}
              onInput={moveXt}
            />
            <Slider
              label={say.steps}
              value={steps}
              min={2}
              max={1000}
              log
              onInput={(v) => {
                T.value = allowed(kind.value, v);
              }}
            />
          </div>
        }
        stats={
          <div class="stats">
            <Stat label={say.here} value={view.kl} format={nats} />
            <Stat label={say.averaged} value={average} format={nats} />
            <Stat label={say.bumps} value={String(view.modes.length)} />
            <Stat
              label={say.tops(view.modes.length)}
              value={view.modes.map(short).join(', ')}
              full={view.modes.map(signed).join(', ')}
            />
            <Stat label={say.drop} value={view.drop} />
            <Stat
              label={say.bells}
              value={`${short(second)}, ${short(first)}`}
              full={`${signed(second)}, ${signed(first)}`}
            />
            <Stat
              label={say.width}
              value={Math.sqrt(view.mixture.variances[0])}
              format={(v) => `±${printNumber(v)}`}
            />
          </div>
        }
        settings={[alphaBar, kind]}
        rest={
          <div class="row">
            <Slider
              label={say.step}
              value={t}
              min={2}
              max={steps}
              disabled={steps === 2}
              onInput={(v) => {
                alphaBar.value = schedule.alphaBar[v];
              }}
            />
            <Select
              label={say.schedule}
              value={kind.value}
              options={[{ value: 'example' as Kind, label: say.example }, ...SCHEDULE_OPTIONS]}
              onChange={(v) => {
                kind.value = v;
              }}
            />
          </div>
        }
      >
        <DragPlot handles={[{ x: xt.value, min: -2, max: 2, step: 0.01, onDrag: moveXt }]}>
          <Plot
            title={say.densityTitle}
            options={density}
            ratio={0.42}
            summary={say.densitySummary(
              xt.value.toFixed(2),
              [view.mixture.weights[0].toFixed(3), view.mixture.weights[1].toFixed(3)],
              [first.toFixed(4), second.toFixed(4)],
              view.modes.map(signed),
              view.mean.toFixed(4),
              Math.sqrt(view.variance).toFixed(4),
            )}
          />
        </DragPlot>
        <Plot
          title={say.meltTitle}
          options={curve}
          ratio={0.3}
          summary={say.meltSummary(
            printNumber(melt[0].y, 3),
            printNumber(melt[melt.length - 1].y, 3),
            steps,
            printNumber(average, 3),
          )}
        />
      </Desk>
    </Widget>
  );
}
