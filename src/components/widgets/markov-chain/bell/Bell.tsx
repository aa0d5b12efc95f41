import { useEffect, useMemo } from 'preact/hooks';
import {
  areaUnder,
  DEVIATIONS,
  heightOf,
  MEANS,
  shareWithin,
} from '../../../../lib/plots/markov-chain/bell.ts';
import { fixed } from '../../../../lib/words/printNumber.ts';
import { Desk } from '../../../controls/Desk.tsx';
import { DragPlot } from '../../../controls/DragPlot.tsx';
import { publishLive } from '../../../controls/live.ts';
import { Plot } from '../../../controls/Plot.tsx';
import { Slider } from '../../../controls/Slider.tsx';
import { Stat } from '../../../controls/Stat.tsx';
import { number, urlSignal } from '../../../controls/urlState.ts';
import { Widget } from '../../../controls/Widget.tsx';
import type { BellWords } from './words.ts';

const START = { mean: 0, deviation: 1 };
const STEP = 0.05;
const two = (v: number) => fixed(v, 2);

/** One normal distribution: its mean and its width by hand, its height by way of the width, its area always 1. */
export default function Bell({ words: say }: { words: BellWords }) {
  const { mean, deviation } = useMemo(
    () => ({
      mean: urlSignal('bell.mean', START.mean, number(...MEANS)),
      deviation: urlSignal('bell.deviation', START.deviation, number(...DEVIATIONS)),
    }),
    [],
  );
  const [m, s] = [mean.value, deviation.value];
  const height = heightOf(s);
  useEffect(() => publishLive({ bellMean: m, bellDeviation: s, bellHeight: height }), [m, s]);
  const options = useMemo(
    () => async () =>
      (await import('../../../../lib/plots/markov-chain/bellPlot.ts')).bellPlot(m, s, say.axes),
    [m, s],
  );
  const moveMean = (v: number) => {
    mean.value = v;
  };
  const setDeviation = (v: number) => {
    deviation.value = Math.min(DEVIATIONS[1], Math.max(DEVIATIONS[0], v));
  };
  const [low, high] = DEVIATIONS;
  return (
    <Widget
      id="bell"
      title={say.title}
      onReset={() => {
        mean.value = START.mean;
        deviation.value = START.deviation;
      }}
      caption={say.caption}
    >
      <Desk
        main={
          <div class="row">
            <Slider
              label={say.mean}
              value={m}
              min={MEANS[0]}
              max={MEANS[1]}
              step={STEP}
              format={two}
              onInput={moveMean}
            />
            <Slider
              label={say.deviation}
              value={s}
              min={low}
              max={high}
              step={STEP}
              format={two}
              onInput={setDeviation}
            />
            <Slider
              label={say.height}
              value={height}
              min={heightOf(high)}
              max={heightOf(low)}
              step={0.01}
              format={(v) => v.toFixed(3)}
              onInput={(v) => setDeviation(heightOf(v))}
            />
          </div>
        }
        stats={
          <div class="stats">
            <Stat label={say.variance} value={s * s} />
            <Stat label={say.product} value={height * s} />
            <Stat label={say.within} value={shareWithin(1)} />
            <Stat label={say.withinTwo} value={shareWithin(2)} />
            <Stat label={say.area} value={areaUnder(m, s)} />
          </div>
        }
      >
        <DragPlot
          handles={[
            { x: m, y: height, min: MEANS[0], max: MEANS[1], step: STEP, onDrag: moveMean },
            {
              x: m + s,
              y: height * Math.exp(-0.5),
              min: m + low,
              max: m + high,
              step: STEP,
              onDrag: (x) => setDeviation(Number((x - m).toFixed(6))),
            },
          ]}
        >
          <Plot
            title={say.plotTitle}
            options={options}
            ratio={0.5}
            summary={say.summary(
              two(m),
              height.toFixed(3),
              (100 * shareWithin(1)).toFixed(1),
              two(m - s),
              two(m + s),
            )}
          />
        </DragPlot>
      </Desk>
    </Widget>
  );
}
