import '../../controls/picker.css';
import { Segmented, Select, Toggle } from '../../controls/Choice.tsx';
import { type Layer, onPaper, SHAPES } from './planeState.ts';
import type { Plane } from './usePlane.ts';
import type { PlaneWords } from './words.ts';

/** The shape, drawn by the reader or not, and what is shown besides the particles. */
export function Choices({
  plane,
  layers,
  narrow,
  words: say,
}: {
  plane: Plane;
  layers: readonly Layer[];
  /** There is little room: the shapes fold into a list. */
  narrow?: boolean;
  words: PlaneWords;
}) {
  const { state } = plane;
  const Shapes = narrow ? Select : Segmented;
  return (
    <div class="plane-choices controls">
      <Shapes
        label={say.shape}
        value={state.shape.value}
        options={SHAPES.map((value) => ({ value, label: say.shapes[value] }))}
        onChange={(value) => {
          state.shape.value = value;
          state.pen.value = value === 'draw';
          // Who draws says when it plays.
          if (value === 'draw') plane.player.set({});
        }}
      />
      {state.shape.value === 'draw' && !onPaper(state) && (
        <button
          type="button"
          class="button small"
          onClick={() => {
            plane.player.stop();
            state.pen.value = true;
          }}
        >
          {say.drawMore}
        </button>
      )}
      <fieldset class="plane-layers">
        <legend class="legend">{say.show}</legend>
        {layers.map((layer) => (
          <Toggle
            key={layer}
            label={say.layers[layer]}
            checked={state.layers[layer].value}
            onChange={(on) => {
              state.layers[layer].value = on;
            }}
          />
        ))}
      </fieldset>
    </div>
  );
}
