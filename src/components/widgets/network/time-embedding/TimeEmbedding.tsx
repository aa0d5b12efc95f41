import { useMemo } from 'preact/hooks';
import { embeddingLikeness } from '../../../../lib/math/process/timeFeatures.ts';
import { Desk } from '../../../controls/Desk.tsx';
import { Plot } from '../../../controls/Plot.tsx';
import { Slider } from '../../../controls/Slider.tsx';
import { integer, urlSignal } from '../../../controls/urlState.ts';
import { Widget } from '../../../controls/Widget.tsx';
import type { TimeEmbeddingWords } from './words.ts';

const T = 1000;
const DIMENSION = 64;

/** What the network is told of the time: 64 waves, and how well they tell t from t′. */
export default function TimeEmbedding({ words: say }: { words: TimeEmbeddingWords }) {
  const t = useMemo(() => urlSignal('time.t', 300, integer(1, T)), []);
  const likeness = useMemo(() => embeddingLikeness(T, DIMENSION, t.value), [t.value]);
  const map = useMemo(
    () => async () =>
      (await import('../../../../lib/plots/network/embedding.ts')).embeddingMap(
        T,
        DIMENSION,
        t.value,
        say.axes,
      ),
    [t.value],
  );
  const curve = useMemo(
    () => async () =>
      (await import('../../../../lib/plots/network/embedding.ts')).likenessPlot(
        likeness,
        t.value,
        say.axes,
      ),
    [likeness],
  );
  const at = (distance: number) =>
    likeness.reduce((best, p) =>
      Math.abs(p.t - t.value - distance) < Math.abs(best.t - t.value - distance) ? p : best,
    ).cosine;
  return (
    <Widget
      id="time-embedding"
      title={say.title}
      onReset={() => (t.value = 300)}
      caption={say.caption}
    >
      <Desk
        main={<Slider label="t" value={t.value} min={1} max={T} onInput={(v) => (t.value = v)} />}
      >
        <div class="columns">
          <Plot
            title={say.mapTitle}
            options={map}
            ratio={0.55}
            summary={say.mapSummary(DIMENSION, T, t.value)}
          />
          <Plot
            title={say.likenessTitle}
            options={curve}
            ratio={0.55}
            summary={say.likenessSummary(t.value, at(10).toFixed(2), at(200).toFixed(2))}
          />
        </div>
      </Desk>
    </Widget>
  );
}
