import { useMemo } from 'preact/hooks';
import { traceTutorialUnet } from '../../../../lib/math/mistakes/tutorialUnet.ts';
import { Segmented, Toggle } from '../../../controls/Choice.tsx';
import { Slider } from '../../../controls/Slider.tsx';
import { boolean, integer, oneOf, urlSignal } from '../../../controls/urlState.ts';
import { Widget } from '../../../controls/Widget.tsx';

const SIZES = ['2', '4', '28', '32'] as const;
const TIMES = ['floatVector', 'intColumn', 'floatColumn'] as const;
const HIDDEN = 32;
const EMBEDDING = 16;

/** The tutorial's network, layer by layer, up to the line where it stops. */
export default function ShapeTrace() {
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
      title="Where the tutorial’s network stops"
      onReset={() => {
        state.size.value = '28';
        state.levels.value = 3;
        state.time.value = 'floatVector';
        state.broadcast.value = false;
        state.mended.value = false;
      }}
      caption={`Hidden width ${HIDDEN}, time embedding ${EMBEDDING}. Shapes and messages agree with PyTorch run on the same inputs.`}
    >
      <div class="controls row">
        <Segmented
          label="Image side"
          value={state.size.value}
          options={SIZES.map((value) => ({ value, label: value }))}
          onChange={(v) => (state.size.value = v)}
        />
        <Slider
          label="Halvings"
          value={state.levels.value}
          min={1}
          max={6}
          onInput={(v) => (state.levels.value = v)}
        />
        <Segmented
          label="Time handed over as"
          value={state.time.value}
          options={[
            { value: 'floatVector', label: 'vector [B]' },
            { value: 'intColumn', label: 'whole numbers' },
            { value: 'floatColumn', label: 'float [B, 1]' },
          ]}
          onChange={(v) => (state.time.value = v)}
        />
        <Toggle
          label="Spread the embedding over the image"
          checked={state.broadcast.value}
          onChange={(v) => (state.broadcast.value = v)}
        />
        <Toggle
          label="Mend the channels of the way up"
          checked={state.mended.value}
          onChange={(v) => (state.mended.value = v)}
        />
      </div>
      <div class="table" tabindex={0} role="region" aria-label="Shapes, layer by layer">
        <table>
          <thead>
            <tr>
              <th scope="col">Layer</th>
              <th scope="col">batch × channels × height × width</th>
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
      <div aria-live="polite">
        {error ? (
          <p class="error">RuntimeError: {error}</p>
        ) : (
          <p class="note">
            It runs: {parameters.toLocaleString('en')} parameters, and still not a diffusion model.
            There is no schedule, no loss and no sampler in it.
          </p>
        )}
      </div>
    </Widget>
  );
}
