import { useMemo } from 'preact/hooks';
import {
  PREDICTION_KINDS,
  type PredictionKind,
} from '../../../../lib/math/process/parameterization.ts';
import {
  makeSchedule,
  SCHEDULE_KINDS,
  type ScheduleKind,
} from '../../../../lib/math/process/schedule.ts';
import { allGuesses, errors } from '../../../../lib/plots/bound-to-loss/converter.ts';
import { Select } from '../../../controls/Choice.tsx';
import { Desk } from '../../../controls/Desk.tsx';
import { Plot } from '../../../controls/Plot.tsx';
import { Slider } from '../../../controls/Slider.tsx';
import { Stat } from '../../../controls/Stat.tsx';
import { integer, number, oneOf, urlSignal } from '../../../controls/urlState.ts';
import { Widget } from '../../../controls/Widget.tsx';
import '../bound.css';
import { printNumber } from '../../predict/predictAnswer.ts';
import { SCHEDULE_OPTIONS } from '../../shared/scheduleNames.ts';
import type { ConverterWords } from './words.ts';

const T = 1000;
/** Half the travel of each slider; the score's grows as the noise shrinks. */
const reach = (kind: PredictionKind, s: number) => (kind === 'score' ? 3 / s : 3);
const START = { held: 'epsilon' as PredictionKind, value: 0.8, xt: 0.5, t: 300 };

/** Drag a noisy pixel and one of four guesses: the other three follow. */
export default function Converter({ words: say }: { words: ConverterWords }) {
  const state = useMemo(
    () => ({
      kind: urlSignal<ScheduleKind>('converter.schedule', 'cosine', oneOf(SCHEDULE_KINDS)),
      t: urlSignal('converter.t', START.t, integer(1, T)),
      xt: urlSignal('converter.xt', START.xt, number(-3, 3)),
      held: urlSignal<PredictionKind>('converter.held', START.held, oneOf(PREDICTION_KINDS)),
      value: urlSignal('converter.value', START.value, number(-1e4, 1e4)),
    }),
    [],
  );
  const { kind, t, xt, held, value } = state;
  const schedule = useMemo(() => makeSchedule(kind.value, T), [kind.value]);
  const c = Math.sqrt(schedule.alphaBar[t.value]);
  const s = Math.sqrt(schedule.noiseVariance[t.value]);
  const guess = allGuesses(held.value, value.value, xt.value, t.value, schedule);
  const off = errors(0.1, t.value, schedule);
  const plane = useMemo(
    () => async () =>
      (await import('../../../../lib/plots/bound-to-loss/converterPlot.ts')).converterPlot(
        guess,
        xt.value,
        c,
        s,
        { ...say.axes, pairs: say.pairs },
      ),
    [guess.x0, guess.epsilon, xt.value, c],
  );
  const pixel = (v: number) => printNumber(v, 4);
  const reset = () => {
    kind.value = 'cosine';
    t.value = START.t;
    xt.value = START.xt;
    held.value = START.held;
    value.value = START.value;
  };
  return (
    <Widget id="converter" title={say.title} onReset={reset} caption={say.caption}>
      <Desk
        main={
          <div class="row">
            {PREDICTION_KINDS.map((each) => (
              <Slider
                key={each}
                label={each === held.value ? say.held(say.kinds[each]) : say.kinds[each]}
                value={guess[each]}
                min={-reach(each, s)}
                max={reach(each, s)}
                step={reach(each, s) / 300}
                format={pixel}
                onInput={(v) => {
                  held.value = each;
                  value.value = v;
                }}
              />
            ))}
          </div>
        }
        settings={[t, kind, xt]}
        rest={
          <div class="row">
            <Slider
              label="t"
              value={t.value}
              min={1}
              max={T}
              onInput={(v) => {
                t.value = v;
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
            <Slider
              label={say.noisy}
              value={xt.value}
              min={-3}
              max={3}
              step={0.01}
              format={pixel}
              onInput={(v) => {
                xt.value = v;
              }}
            />
          </div>
        }
        stats={
          <>
            <div class="stats">
              <Stat label="√ᾱ" value={c} />
              <Stat label="√(1−ᾱ)" value={s} />
              <Stat label="SNR" value={schedule.snr[t.value]} />
            </div>
            <p class="note">{say.off}</p>
            <div class="stats">
              <Stat label={say.inKind('ε̂')} value={off.epsilon} />
              <Stat label={say.inKind('v̂')} value={off.v} />
              <Stat label={say.inKind('ŝ')} value={off.score} />
            </div>
          </>
        }
      >
        <Plot
          title={say.planeTitle}
          options={plane}
          ratio={1}
          summary={say.planeSummary(t.value, [pixel(c), pixel(s)], pixel(xt.value), {
            x0: pixel(guess.x0),
            epsilon: pixel(guess.epsilon),
            v: pixel(guess.v),
            score: pixel(guess.score),
          })}
        />
      </Desk>
    </Widget>
  );
}
