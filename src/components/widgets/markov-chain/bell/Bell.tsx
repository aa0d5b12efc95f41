import { useEffect, useMemo } from 'preact/hooks';
import {
  areaUnder,
  DEVIATIONS,
  heightOf,
  MEANS,
  shareWithin,
} from '../../../../lib/plots/markov-chain/bell.ts';
import { fixed } from '../../../../lib/words/printNumber.ts';
import { DragPlot } from '../../../controls/DragPlot.tsx';
import { publishLive } from '../../../controls/live.ts';
import { Plot } from '../../../controls/Plot.tsx';
import { Slider } from '../../../controls/Slider.tsx';
import { Stat } from '../../../controls/Stat.tsx';
import { number, urlSignal } from '../../../controls/urlState.ts';
import { Widget } from '../../../controls/Widget.tsx';
import { printNumber } from '../../predict/predictAnswer.ts';

const START = { mean: 0, deviation: 1 };
const STEP = 0.05;
const two = (v: number) => fixed(v, 2);

/** One normal distribution: its mean and its width by hand, its height by way of the width, its area always 1. */
export default function Bell() {
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
      (await import('../../../../lib/plots/markov-chain/bellPlot.ts')).bellPlot(m, s),
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
      title="A bell in your hands"
      onReset={() => {
        mean.value = START.mean;
        deviation.value = START.deviation;
      }}
      caption="Drag the top to move the bell, and the dot at its side to widen it. The filled part lies within one standard deviation of the mean."
    >
      <div class="controls row">
        <Slider
          label="mean μ"
          value={m}
          min={MEANS[0]}
          max={MEANS[1]}
          step={STEP}
          format={two}
          onInput={moveMean}
        />
        <Slider
          label="standard deviation σ"
          value={s}
          min={low}
          max={high}
          step={STEP}
          format={two}
          onInput={setDeviation}
        />
        <Slider
          label="height of the top"
          value={height}
          min={heightOf(high)}
          max={heightOf(low)}
          step={0.01}
          format={(v) => v.toFixed(3)}
          onInput={(v) => setDeviation(heightOf(v))}
        />
      </div>
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
          title="Density of x"
          options={options}
          ratio={0.5}
          summary={`A bell with its top at ${two(m)}, ${height.toFixed(3)} high; ${(100 * shareWithin(1)).toFixed(1)} % of its area lies between ${two(m - s)} and ${two(m + s)}.`}
        />
      </DragPlot>
      <div class="stats">
        <Stat label="variance σ²" value={printNumber(s * s, 4)} />
        <Stat label="height × width σ" value={(height * s).toFixed(4)} />
        <Stat label="area within σ of μ" value={shareWithin(1).toFixed(4)} />
        <Stat label="area within 2σ" value={shareWithin(2).toFixed(4)} />
        <Stat label="area under the whole curve" value={areaUnder(m, s).toFixed(6)} />
      </div>
    </Widget>
  );
}
