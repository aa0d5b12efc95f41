import { computed, type ReadonlySignal, type Signal } from '@preact/signals';
import { drawnDigits } from '../../lib/data/digits.ts';
import { drawStrokes } from '../../lib/data/draw.ts';
import { all16 } from '../../lib/data/toy2x2.ts';
import { type Stroke, strokesCodec } from './strokes.ts';
import { integer, oneOf, urlSignal } from './urlState.ts';

export const IMAGE_SOURCES = ['four', 'digit', 'draw'] as const;
export type ImageSource = (typeof IMAGE_SOURCES)[number];

/** A square grey image in [-1, 1], row by row. */
export interface Picture {
  values: Float64Array;
  /** Pixels along a side. */
  size: number;
  /** What it is: `picture` of the picker's words names it. */
  source: ImageSource;
  digit: number;
}

/** What the reader picked, each part in the URL under `<widget>.…`. */
export interface ImageChoice {
  /** All of its signals. */
  settings: readonly Signal<unknown>[];
  source: Signal<ImageSource>;
  /** One of the 16 binary 2 × 2 images: bits from the top left pixel, ink = 1. */
  four: Signal<number>;
  digit: Signal<number>;
  /** Which of many handwritings of the digit. */
  hand: Signal<number>;
  strokes: Signal<Stroke[]>;
  picture: ReadonlySignal<Picture>;
  reset(): void;
}

interface Initial {
  source?: ImageSource;
  four?: number;
  digit?: number;
}

/** 0b1001: the image a = (1, −1, −1, 1), a diagonal. */
const DIAGONAL = 9;

/** Creates the choice's signals once per widget: call inside `useState`. */
export function imageChoice(
  widget: string,
  { source = 'digit', four = DIAGONAL, digit = 3 }: Initial = {},
): ImageChoice {
  const choice = {
    source: urlSignal<ImageSource>(`${widget}.image`, source, oneOf(IMAGE_SOURCES)),
    four: urlSignal(`${widget}.pixels`, four, integer(0, 15)),
    digit: urlSignal(`${widget}.digit`, digit, integer(0, 9)),
    hand: urlSignal(`${widget}.hand`, 0, integer(0, 999)),
    strokes: urlSignal<Stroke[]>(`${widget}.drawing`, [], strokesCodec),
  };
  return {
    ...choice,
    settings: Object.values(choice),
    picture: computed(() =>
      pictureOf(
        choice.source.value,
        choice.four.value,
        choice.digit.value,
        choice.hand.value,
        choice.strokes.value,
      ),
    ),
    reset() {
      choice.source.value = source;
      choice.four.value = four;
      choice.digit.value = digit;
      choice.hand.value = 0;
      choice.strokes.value = [];
    },
  };
}

export function pictureOf(
  source: ImageSource,
  four: number,
  digit: number,
  hand: number,
  strokes: Stroke[],
): Picture {
  if (source === 'four') {
    const values = Float64Array.from(all16().images.subarray(4 * four, 4 * four + 4));
    return { values, size: 2, source, digit };
  }
  const values =
    source === 'digit'
      ? drawnDigits({ count: 1, seed: 7, start: 10 * hand + digit }).images
      : drawStrokes(strokes);
  return { values: Float64Array.from(values), size: 28, source, digit };
}
