import { useMemo, useRef } from 'preact/hooks';
import { POINTS } from '../../../../lib/plots/sampling/guidance.ts';
import { fixed } from '../../../../lib/words/printNumber.ts';
import { Segmented } from '../../../controls/Choice.tsx';
import { Desk } from '../../../controls/Desk.tsx';
import { Plot } from '../../../controls/Plot.tsx';
import { Slider } from '../../../controls/Slider.tsx';
import { Stat } from '../../../controls/Stat.tsx';
import { number, oneOf, urlSignal } from '../../../controls/urlState.ts';
import { Widget } from '../../../controls/Widget.tsx';
import { printNumber } from '../../predict/predictAnswer.ts';
import { ExactMissing, useExactAnswer } from '../../shared/exactAnswer.tsx';
import type { GuidanceWords } from './words.ts';

const KINDS = ['bells', 'points'] as const;
type Kind = (typeof KINDS)[number];
const START = { g: 2, kind: 'bells' as Kind };
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** The law that guidance is said to sample, and the one in which guided curves end. */
export default function Guidance({ words: say }: { words: GuidanceWords }) {
  const { g, kind } = useMemo(
    () => ({
      g: urlSignal('guidance.g', START.g, number(0, 8)),
      kind: urlSignal<Kind>('guidance.data', START.kind, oneOf(KINDS)),
    }),
    [],
  );
  const [strength, shown] = [g.value, kind.value];
  const answer = useExactAnswer(`${shown} ${strength}`, (exact) =>
    exact.guidance({ kind: shown, g: strength }),
  );
  // While the dial moves, the curve of a moment ago is better than none.
  const last = useRef(answer.value);
  if (answer.value) last.current = answer.value;
  const found = answer.value ?? last.current;
  const bells = (shown === 'bells' && found?.bells) || null;
  const points = (shown !== 'bells' && found?.points) || null;
  const options = useMemo(
    () => async () => {
      const plots = await import('../../../../lib/plots/sampling/guidancePlot.ts');
      return shown === 'bells'
        ? plots.bellsPlot(strength, bells, say.axes)
        : plots.pointsPlot(points, say.axes);
    },
    [found, shown, strength],
  );
  const dial = String(strength);
  const summary = !answer.value
    ? say.waiting
    : bells
      ? say.bellsSummary(
          dial,
          printNumber(bells.tilted.mean, 4),
          printNumber(bells.ends.mean, 4),
          printNumber(bells.ends.deviation, 3),
        )
      : points
        ? say.pointsSummary(
            dial,
            points.ends.map((share, k) => say.shareAt(String(POINTS[k]), percent(share))),
          )
        : say.waiting;
  return (
    <Widget
      id="guided-law"
      title={say.title}
      caption={say.caption}
      onReset={() => {
        g.value = START.g;
        kind.value = START.kind;
      }}
    >
      <ExactMissing lacks={say.lacks} of={answer} />
      <Desk
        main={
          <div class="row">
            <Slider
              label={say.strength}
              value={strength}
              min={0}
              max={8}
              step={0.25}
              format={(v) => fixed(v, 2)}
              onInput={(v) => {
                g.value = v;
              }}
            />
            <Segmented
              label={say.data}
              value={shown}
              options={KINDS.map((value) => ({ value, label: say.datas[value] }))}
              onChange={(value) => {
                kind.value = value;
              }}
            />
          </div>
        }
        stats={
          <div class="stats" aria-busy={!answer.value}>
            {bells && (
              <>
                <Stat label={say.tiltedMean} value={bells.tilted.mean} />
                <Stat label={say.tiltedWidth} value={bells.tilted.deviation} />
                <Stat label={say.endsMean} value={bells.ends.mean} />
                <Stat label={say.endsWidth} value={bells.ends.deviation} />
              </>
            )}
            {points?.ends.map((share, k) => (
              <Stat
                key={POINTS[k]}
                label={say.shareOf(String(POINTS[k]))}
                value={share}
                format={percent}
              />
            ))}
            {!found && !answer.error && <p class="note">{say.computing}</p>}
          </div>
        }
      >
        <Plot title={say.plots[shown]} options={options} ratio={0.56} summary={summary} />
      </Desk>
    </Widget>
  );
}
