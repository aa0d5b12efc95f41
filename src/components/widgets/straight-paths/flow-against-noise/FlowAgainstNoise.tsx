import './flowAgainstNoise.css';
import { useEffect, useMemo } from 'preact/hooks';
import { toyData } from '../../../../lib/data/toyData.ts';
import { offNearest } from '../../../../lib/plots/straight-paths/offNearest.ts';
import { fixed } from '../../../../lib/words/printNumber.ts';
import { Segmented } from '../../../controls/Choice.tsx';
import { ImageGrid } from '../../../controls/Pixels.tsx';
import { oneOf, urlSignal } from '../../../controls/urlState.ts';
import { Widget } from '../../../controls/Widget.tsx';
import { useHydrated } from '../../../trainer/useHydrated.ts';
import { ASKED, type Asked, createTwoRuns, FEWER, SETS, type SetName, SIZES } from './twoRuns.ts';
import type { FlowAgainstNoiseWords } from './words.ts';

/** One network trained twice, and what it draws in one step, two, four, eight and fifty. */
export default function FlowAgainstNoise({ words: say }: { words: FlowAgainstNoiseWords }) {
  const dataset = useMemo(
    () => urlSignal<SetName>('flow-against-noise.data', 'bars', oneOf(SETS)),
    [],
  );
  const runs = useMemo(createTwoRuns, []);
  useEffect(() => runs.stop, []);
  const asleep = !useHydrated();
  const name = dataset.value;
  const { steps, count, side } = SIZES[name];
  const status = runs.status.value;
  const change = (to: SetName) => {
    runs.stop();
    runs.drawings.value = {};
    runs.error.value = '';
    dataset.value = to;
  };
  const images = useMemo(() => (name === 'bars' ? toyData('bars').data : null), [name]);
  const row = (asked: Asked) => (
    <section key={asked} aria-label={say.asked[asked]}>
      <p class="plot-title">{say.asked[asked]}</p>
      <div class="drawings">
        {FEWER.map((n, i) => {
          const data = runs.drawings.value[asked]?.[i];
          return (
            <div key={n}>
              {data ? (
                <ImageGrid
                  data={data}
                  width={side}
                  height={side}
                  across={Math.sqrt(count)}
                  label={say.drawn(say.asked[asked], say.steps(n), count)}
                />
              ) : (
                <div class="waiting" />
              )}
              <p title={data && images ? say.offHint : undefined}>
                {say.steps(n)}
                {data && images && `, ${say.off} ${fixed(offNearest(data, images), 2)}`}
              </p>
            </div>
          );
        })}
      </div>
    </section>
  );
  return (
    <Widget
      id="flow-against-noise"
      computes
      title={say.title}
      caption={say.caption}
      onReset={() => change('bars')}
    >
      {runs.error.value && (
        <p class="error" role="alert">
          {runs.error.value}
        </p>
      )}
      <div class="row controls">
        <Segmented
          label={say.data}
          value={name}
          options={SETS.map((value) => ({ value, label: say.sets[value] }))}
          onChange={change}
        />
        {status === 'idle' ? (
          <button
            type="button"
            class="button primary"
            disabled={asleep}
            onClick={() => void runs.run(name)}
          >
            {say.train}
          </button>
        ) : (
          <button type="button" class="button" onClick={runs.stop}>
            {say.stop}
          </button>
        )}
        {status === 'idle' ? (
          <p class="note">{say.before(steps)}</p>
        ) : (
          <div class="progress">
            <progress max={steps} value={runs.step.value} aria-label={say.training} />
            <span class="note">
              {status === 'drawing'
                ? say.drawing
                : say.stepOf(say.asked[runs.now.value], runs.step.value, steps)}
            </span>
          </div>
        )}
      </div>
      {ASKED.map(row)}
    </Widget>
  );
}
