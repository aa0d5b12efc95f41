import { useMemo } from 'preact/hooks';
import { traceTutorialUnet } from '../../../../lib/math/mistakes/tutorialUnet.ts';
import { Segmented, Toggle } from '../../../controls/Choice.tsx';
import { Desk } from '../../../controls/Desk.tsx';
import { Slider } from '../../../controls/Slider.tsx';
import { boolean, integer, oneOf, urlSignal } from '../../../controls/urlState.ts';
import { Widget } from '../../../controls/Widget.tsx';
import type { ShapeTraceWords } from './words.ts';

const SIZES = ['2', '4', '28', '32'] as const;
const TIMES = ['floatVector', 'intColumn', 'floatColumn'] as const;
const HIDDEN = 32;
const EMBEDDING = 16;

/** The tutorial's network, layer by layer, up to the line where it stops. */
export default function ShapeTrace({ words: say }: { words: ShapeTraceWords }) {
  const state = useMemo(
    () => ({
      size: urlSignal('trace.size', '28' as (typeof SIZES)[number], oneOf(SIZES)),
      levels: urlSignal('trace.levels', 3, integer(1, 6)),
      time: urlSignal('trace.time', 'floatVector' as (typeof TIMES)[number], oneOf(TIMES)),
      broadcast: urlSignal('trace.broadcast', false, boolean),
      mended: urlSignal('trace.mended', false, boolean),
    }),
    [],
  );
  const { lines, error, parameters } = traceTutorialUnet({
    imageSize: Number(state.size.value),
    layers: state.levels.value,
    hidden: HIDDEN,
    embeddingDim: EMBEDDING,
    time: state.time.value,
    broadcastEmbedding: state.broadcast.value,
    mendChannels: state.mended.value,
  });
  return (
    <Widget
      id="shape-trace"
      title={say.title}
      onReset={() => {
        state.size.value = '28';
        state.levels.value = 3;
        state.time.value = 'floatVector';
        state.broadcast.value = false;
        state.mended.value = false;
      }}
      caption={say.caption(HIDDEN, EMBEDDING)}
    >
      <Desk
        main={
          <div class="row">
            <Segmented
              label={say.side}
              value={state.size.value}
              options={SIZES.map((value) => ({ value, label: value }))}
              onChange={(v) => (state.size.value = v)}
            />
            <Slider
              label={say.halvings}
              value={state.levels.value}
              min={1}
              max={6}
              onInput={(v) => (state.levels.value = v)}
            />
            <Segmented
              label={say.time}
              value={state.time.value}
              options={TIMES.map((value) => ({ value, label: say.times[value] }))}
              onChange={(v) => (state.time.value = v)}
            />
            <Toggle
              label={say.broadcast}
              checked={state.broadcast.value}
              onChange={(v) => (state.broadcast.value = v)}
            />
            <Toggle
              label={say.mend}
              checked={state.mended.value}
              onChange={(v) => (state.mended.value = v)}
            />
          </div>
        }
        stats={
          <div aria-live="polite">
            {error ? (
              <p class="error">RuntimeError: {error}</p>
            ) : (
              <p class="note">{say.runs(parameters)}</p>
            )}
          </div>
        }
      >
        <div class="table" tabindex={0} role="region" aria-label={say.table}>
          <table>
            <thead>
              <tr>
                <th scope="col">{say.layer}</th>
                <th scope="col">{say.shape}</th>
              </tr>
            </thead>
            <tbody>
              {lines.map(({ layer, shape }, i) => (
                <tr key={i}>
                  <th scope="row">{layer}</th>
                  <td class="notranslate">{shape.join(' × ')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Desk>
    </Widget>
  );
}
