import './picker.css';
import { Segmented } from './Choice.tsx';
import { DrawPad } from './DrawPad.tsx';
import { IMAGE_SOURCES, type ImageChoice } from './imageChoice.ts';
import type { PickerWords } from './pickerWords.ts';
import { Slider } from './Slider.tsx';

const BITS = [8, 4, 2, 1];

/** Pick the image to destroy: four pixels to switch, a drawn digit, or the reader's own hand. */
export function ImagePicker({ choice, words: say }: { choice: ImageChoice; words: PickerWords }) {
  const { source, four, digit, hand, strokes } = choice;
  return (
    <div class="picker controls">
      <Segmented
        label={say.image}
        value={source.value}
        options={IMAGE_SOURCES.map((value) => ({ value, label: say.imageSources[value] }))}
        onChange={(next) => {
          source.value = next;
        }}
      />
      {source.value === 'four' && (
        <div class="four" role="group" aria-label={say.fourPixels}>
          {BITS.map((bit, place) => {
            const inked = (four.value & bit) !== 0;
            return (
              <button
                key={bit}
                type="button"
                aria-pressed={inked}
                aria-label={say.pixelIsInk(place)}
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
            label={say.digit}
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
            {say.anotherHand}
          </button>
        </div>
      )}
      {source.value === 'draw' && (
        <DrawPad
          words={say}
          strokes={strokes.value}
          onChange={(next) => {
            strokes.value = next;
          }}
        />
      )}
    </div>
  );
}
