import { useMemo } from 'preact/hooks';
import { lossWeight, WEIGHTINGS, type Weighting } from '../../../../lib/math/objectives/weights.ts';
import {
  makeSchedule,
  SCHEDULE_KINDS,
  type ScheduleKind,
} from '../../../../lib/math/process/schedule.ts';
import { SHOWN, weightCurve } from '../../../../lib/plots/bound-to-loss/weightCurve.ts';
import { Segmented, Select, Toggle } from '../../../controls/Choice.tsx';
import { Desk } from '../../../controls/Desk.tsx';
import { Plot } from '../../../controls/Plot.tsx';
import { Slider } from '../../../controls/Slider.tsx';
import { Stat } from '../../../controls/Stat.tsx';
import { boolean, type Codec, integer, oneOf, urlSignal } from '../../../controls/urlState.ts';
import { Widget } from '../../../controls/Widget.tsx';
import { printNumber } from '../../predict/predictAnswer.ts';
import { SCHEDULE_OPTIONS } from '../../shared/scheduleNames.ts';
import type { WeightCurveWords } from './words.ts';

const ON = ['epsilon', 'x0', 'v'] as const;
type On = (typeof ON)[number];
const ON_LABELS: Record<On, string> = { epsilon: 'ε − ε̂', x0: 'x₀ − x̂₀', v: 'v − v̂' };
const START: Weighting[] = ['elbo', 'elboBeta', 'epsilon'];

const weightings: Codec<Weighting[]> = {
  expected: () => `any of ${WEIGHTINGS.join(', ')}, with commas between, or none`,
  parse: (text) => {
    const names = text === 'none' ? [] : text.split(',');
    const found = WEIGHTINGS.filter((w) => names.includes(w));
    return found.length === names.length ? found : undefined;
  },
  print: (values) => values.join(',') || 'none',
};

/** Which errors a loss cares about, over t. */
export default function WeightCurve({ words: say }: { words: WeightCurveWords }) {
  const { kind, T, t, on, chosen, scaled, logT } = useMemo(
    () => ({
      kind: urlSignal<ScheduleKind>('weights.schedule', 'linear', oneOf(SCHEDULE_KINDS)),
      T: urlSignal('weights.T', 1000, integer(2, 1000)),
      t: urlSignal('weights.t', 500, integer(1, 1000)),
      on: urlSignal<On>('weights.on', 'epsilon', oneOf(ON)),
      chosen: urlSignal<Weighting[]>('weights.show', START, weightings),
      scaled: urlSignal('weights.scaled', false, boolean),
      logT: urlSignal('weights.logT', true, boolean),
    }),
    [],
  );
  const schedule = useMemo(() => makeSchedule(kind.value, T.value), [kind.value, T.value]);
  const at = Math.min(t.value, T.value);
  const shown = SHOWN.filter(({ value }) => chosen.value.includes(value));
  const curves = useMemo(
    () =>
      SHOWN.filter(({ value }) => chosen.value.includes(value)).map(({ value }) => ({
        weighting: value,
        points: weightCurve(value, on.value, schedule, scaled.value ? 'meanOne' : 'formula'),
      })),
    [schedule, on.value, chosen.value, scaled.value],
  );
  const plot = useMemo(
    () => async () =>
      (await import('../../../../lib/plots/bound-to-loss/weightCurve.ts')).weightPlot(
        curves,
        at,
        say.weightOn(ON_LABELS[on.value]),
        logT.value,
      ),
    [curves, at, logT.value],
  );
  const here = (weighting: Weighting) => lossWeight(weighting, on.value, at, schedule);
  const reset = () => {
    kind.value = 'linear';
    T.value = 1000;
    t.value = 500;
    on.value = 'epsilon';
    chosen.value = START;
    scaled.value = false;
    logT.value = true;
  };
  return (
    <Widget
      id="weights"
      inForce={{ t: at }}
      title={say.title}
      onReset={reset}
      caption={say.caption}
    >
      <Desk
        main={
          <div class="row">
            <Slider
              label={say.readAt}
              value={at}
              min={1}
              max={T.value}
              onInput={(v) => {
                t.value = v;
              }}
            />
            <Segmented
              label={say.on}
              value={on.value}
              options={[
                { value: 'epsilon', label: 'ε' },
                { value: 'x0', label: 'x₀' },
                { value: 'v', label: 'v' },
              ]}
              onChange={(v) => {
                on.value = v;
              }}
            />
          </div>
        }
        stats={
          <div class="stats">
            {shown.map(({ value, label }) => (
              <Stat key={value} label={say.here(label, at)} value={here(value)} />
            ))}
          </div>
        }
        settings={[kind, T, chosen, scaled, logT]}
        rest={
          <>
            <fieldset class="toggles">
              <legend class="legend" style="padding:0">
                {say.losses}
              </legend>
              {SHOWN.map(({ value, label }) => (
                <Toggle
                  key={value}
                  label={label}
                  checked={chosen.value.includes(value)}
                  onChange={(add) => {
                    chosen.value = add
                      ? [...chosen.value, value]
                      : chosen.value.filter((w) => w !== value);
                  }}
                />
              ))}
            </fieldset>
            <div class="row">
              <Select
                label={say.schedule}
                value={kind.value}
                options={SCHEDULE_OPTIONS}
                onChange={(v) => {
                  kind.value = v;
                }}
              />
              <Slider
                label={say.steps}
                value={T.value}
                min={2}
                max={1000}
                log
                onInput={(v) => {
                  T.value = v;
                }}
              />
            </div>
            <div class="toggles">
              <Toggle
                label={say.scale}
                checked={scaled.value}
                onChange={(v) => {
                  scaled.value = v;
                }}
              />
              <Toggle
                label={say.logT}
                checked={logT.value}
                onChange={(v) => {
                  logT.value = v;
                }}
              />
            </div>
          </>
        }
      >
        <Plot
          title={say.plotTitle(ON_LABELS[on.value])}
          options={plot}
          ratio={0.6}
          summary={say.summary(
            at,
            T.value,
            shown.map(({ value, label }) => say.named(label, printNumber(here(value), 6))),
            shown.map(({ value, label }) =>
              say.named(label, printNumber(lossWeight(value, on.value, 1, schedule), 6)),
            ),
          )}
        />
      </Desk>
    </Widget>
  );
}
