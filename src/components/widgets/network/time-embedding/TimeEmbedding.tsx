import { useMemo } from 'preact/hooks';
import { embeddingLikeness } from '../../../../lib/math/process/timeFeatures.ts';
import { Plot } from '../../../controls/Plot.tsx';
import { Slider } from '../../../controls/Slider.tsx';
import { integer, urlSignal } from '../../../controls/urlState.ts';
import { Widget } from '../../../controls/Widget.tsx';

const T = 1000;
const DIMENSION = 64;

/** What the network is told of the time: 64 waves, and how well they tell t from t′. */
export default function TimeEmbedding() {
  const t = useMemo(() => urlSignal('time.t', 300, integer(1, T)), []);
  const likeness = useMemo(() => embeddingLikeness(T, DIMENSION, t.value), [t.value]);
  const map = useMemo(
    () => async () =>
      (await import('../../../../lib/plots/network/embedding.ts')).embeddingMap(
        T,
        DIMENSION,
        t.value,
      ),
    [t.value],
  );
  const curve = useMemo(
    () => async () =>
      (await import('../../../../lib/plots/network/embedding.ts')).likenessPlot(likeness, t.value),
    [likeness],
  );
  const at = (distance: number) =>
    likeness.reduce((best, p) =>
      Math.abs(p.t - t.value - distance) < Math.abs(best.t - t.value - distance) ? p : best,
    ).cosine;
  return (
    <Widget
      id="time-embedding"
      title="A clock of 64 waves"
      onReset={() => (t.value = 300)}
      caption="Left: one column for each t, one row for each of its 64 numbers, from −1 (brown) to 1 (violet). Right: the likeness of two times is the cosine of the angle between their lists, 1 for the same time. Fast waves tell neighbours apart, slow ones early from late."
    >
      <div class="controls">
        <Slider label="t" value={t.value} min={1} max={T} onInput={(v) => (t.value = v)} />
      </div>
      <div class="columns">
        <Plot
          title="Embedding of every t"
          options={map}
          ratio={0.55}
          summary={`Rows are ${DIMENSION} components, columns the times 1 to ${T}. The first rows swing many times, the last hardly move. The cursor stands at t = ${t.value}.`}
        />
        <Plot
          title="Likeness of t′ to t"
          options={curve}
          ratio={0.55}
          summary={`The cosine between the embeddings of t = ${t.value} and t′: 1 at t, ${at(10).toFixed(2)} ten steps on, ${at(200).toFixed(2)} two hundred steps on.`}
        />
      </div>
    </Widget>
  );
}
