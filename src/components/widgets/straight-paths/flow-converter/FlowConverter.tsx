import { useMemo } from 'preact/hooks';
import {
  flowAnswers,
  HELD,
  type Held,
} from '../../../../lib/plots/straight-paths/flowConverter.ts';
import { fixed, printNumber } from '../../../../lib/words/printNumber.ts';
import { Desk } from '../../../controls/Desk.tsx';
import { Plot } from '../../../controls/Plot.tsx';
import { Slider } from '../../../controls/Slider.tsx';
import { Stat } from '../../../controls/Stat.tsx';
import { number, oneOf, urlSignal } from '../../../controls/urlState.ts';
import { Widget } from '../../../controls/Widget.tsx';
import './flowConverter.css';
import { NamesTable } from './NamesTable.tsx';
import type { FlowConverterWords } from './words.ts';

const START = { held: 'x0' as Held, value: 1, xt: 0.2, t: 0.4 };
const EDGE = 0.02;
const REACH: Record<Held, number> = { x0: 3, epsilon: 3, flowVelocity: 6 };

/** Drag what is seen, when, and one of three answers: every other name of it follows. */
export default function FlowConverter({ words: say }: { words: FlowConverterWords }) {
  const { t, xt, held, value } = useMemo(
    () => ({
      t: urlSignal('flow-converter.t', START.t, number(EDGE, 1 - EDGE)),
      xt: urlSignal('flow-converter.xt', START.xt, number(-3, 3)),
      held: urlSignal<Held>('flow-converter.held', START.held, oneOf(HELD)),
      value: urlSignal('flow-converter.value', START.value, number(-1e3, 1e3)),
    }),
    [],
  );
  const answers = flowAnswers(held.value, value.value, xt.value, t.value);
  const three = (v: number) => printNumber(v, 3);
  const plot = useMemo(() => {
    const place = { t: t.value, xt: xt.value };
    return async () =>
      (await import('../../../../lib/plots/straight-paths/flowLine.ts')).flowLine(
        answers,
        place,
        say.line,
        three,
      );
  }, [answers.x0, answers.epsilon, xt.value, t.value]);
  const reset = () => {
    t.value = START.t;
    xt.value = START.xt;
    held.value = START.held;
    value.value = START.value;
  };
  return (
    <Widget id="flow-converter" title={say.title} caption={say.caption} onReset={reset}>
      <Desk
        main={
          <div class="row">
            <Slider
              label={say.time}
              value={t.value}
              min={EDGE}
              max={1 - EDGE}
              step={0.01}
              format={(v) => fixed(v, 2)}
              onInput={(v) => {
                t.value = v;
              }}
            />
            <Slider
              label={say.noisy}
              value={xt.value}
              min={-3}
              max={3}
              step={0.05}
              format={(v) => fixed(v, 2)}
              onInput={(v) => {
                xt.value = v;
              }}
            />
            {HELD.map((kind) => (
              <Slider
                key={kind}
                label={kind === held.value ? say.held(say.kinds[kind]) : say.kinds[kind]}
                value={answers[kind]}
                min={-REACH[kind]}
                max={REACH[kind]}
                step={0.05}
                format={three}
                onInput={(v) => {
                  held.value = kind;
                  value.value = v;
                }}
              />
            ))}
          </div>
        }
        stats={
          <div class="stats">
            <Stat label={say.score} value={answers.score} digits={3} hint={say.scoreHint} />
          </div>
        }
      >
        <Plot
          title={say.lineTitle}
          options={plot}
          ratio={0.42}
          summary={say.lineSummary(
            fixed(t.value, 2),
            three(xt.value),
            three(answers.x0),
            three(answers.epsilon),
            three(answers.flowVelocity),
          )}
        />
      </Desk>
      <NamesTable answers={answers} xt={xt.value} words={say} />
    </Widget>
  );
}
