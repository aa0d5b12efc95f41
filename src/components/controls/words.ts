/** What the shared controls say in English. Its type is the shape that every other language fills: tsc keeps them in step. */
import { expectedOneOf } from '../../lib/math/numerics/oneOf.ts';

export const en = {
  reset: 'Reset',
  link: 'Link',
  linkHint: 'Copy a link to this widget as it stands',
  copied: 'Copied',
  /** A link asked for what cannot be had; `shown` is what stands there instead. */
  linkFault: (name: string, found: string, expected: string, shown: string | number) =>
    `The link asks for ${name} = “${found}”. Expected: ${expected}. Shown: ${shown}.`,
  /** Ends "Expected: …". */
  expected: {
    number: (min: number, max: number) => `a number from ${min} to ${max}`,
    integer: (min: number, max: number) => `a whole number from ${min} to ${max}`,
    oneOf: (choices: readonly string[]) => expectedOneOf(choices),
    boolean: '0 or 1',
    numbers: (most: number, min: number, max: number) =>
      `up to ${most} numbers from ${min} to ${max}, with commas between`,
    drawing: 'a drawing as the widget writes it: two letters a point, full stops between strokes',
  },
  play: 'Play',
  stop: 'Stop',
  oneBack: (axis: string) => `−1: ${axis}, one back`,
  oneOn: (axis: string) => `+1: ${axis}, one on`,
  legend: 'Legend',
  /** `why` as the browser tells it, perhaps with a full stop, perhaps without. */
  notDrawn: (why: string) =>
    `This chart could not be drawn: ${why.replace(/\.?$/, '.')} Change what it draws, or try again.`,
  summarised: (title: string, summary: string) => `${title}. ${summary}`,
  tryAgain: 'Try again',
  reload: 'Reload the page',
  image: 'Image',
  imageSources: { four: '2 × 2', digit: 'A digit', draw: 'Draw your own' },
  fourPixels: 'Pixels of the 2 by 2 image',
  pixelIsInk: (place: number) =>
    `${['top left', 'top right', 'bottom left', 'bottom right'][place]} pixel is ink`,
  digit: 'Digit',
  anotherHand: 'Another hand',
  /** Names a picture that the reader picked, inside a sentence. */
  picture: (source: 'four' | 'digit' | 'draw', digit: number) =>
    ({ four: 'the 2 by 2 image', digit: `a handwritten ${digit}`, draw: 'your drawing' })[source],
  drawingPad:
    'Drawing pad: draw with a pointer, or move with the arrow keys and press Space to lower or lift the pen',
  yourDrawing: 'Your drawing so far',
  drawHere: 'Draw here',
  undo: 'Undo',
  clear: 'Clear',
  penDown: 'Pen down',
  penUp: 'Pen up',
};

export type ControlWords = typeof en;
