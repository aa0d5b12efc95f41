import './picker.css';
import { Segmented } from './Choice.tsx';
import { DrawPad } from './DrawPad.tsx';
import type { ImageChoice, ImageSource } from './imageChoice.ts';
import { Slider } from './Slider.tsx';

const SOURCES: readonly { value: ImageSource; label: string }[] = [
  { value: 'four', label: '2 × 2' },
  { value: 'digit', label: 'A digit' },
  { value: 'draw', label: 'Draw your own' },
];
const PLACES = ['top left', 'top right', 'bottom left', 'bottom right'];

/** Pick the image to destroy: four pixels to switch, a drawn digit, or the reader's own hand. */
export function ImagePicker({ choice, label = 'Image' }: { choice: ImageChoice; label?: string }) {
  const { source, four, digit, hand, strokes } = choice;
  return (
    <div class="picker controls">
      <Segmented
        label={label}
        value={source.value}
        options={SOURCES}
        onChange={(next) => {
          source.value = next;
        }}
      />
      {source.value === 'four' && (
        <div class="four" role="group" aria-label="Pixels of the 2 by 2 image">
          {PLACES.map((place, i) => {
            const bit = 8 >> i;
            const inked = (four.value & bit) !== 0;
            return (
              <button
                key={place}
                type="button"
                aria-pressed={inked}
                aria-label={`${place} pixel is ink`}
                onClick={() => {
                  four.value ^= bit;
                }}
              />
            );
          })}
        </div>
      )}
      {source.value === 'digit' && (
        <div class="row">
          <Slider
            label="Digit"
            value={digit.value}
            min={0}
            max={9}
            onInput={(next) => {
              digit.value = next;
            }}
          />
          <button
            type="button"
            class="button"
            onClick={() => {
              hand.value = (hand.value + 1) % 1000;
            }}
          >
            Another hand
          </button>
        </div>
      )}
      {source.value === 'draw' && (
        <DrawPad
          strokes={strokes.value}
          onChange={(next) => {
            strokes.value = next;
          }}
        />
      )}
    </div>
  );
}
