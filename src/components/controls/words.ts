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
  more: 'More',
  less: 'Less',
  /** All digits of a number that is printed with those that mean something. */
  inFull: (value: string) => `In full: ${value}`,
  /** `why` as the browser tells it, perhaps with a full stop, perhaps without. */
  notDrawn: (why: string) =>
    `This chart could not be drawn: ${why.replace(/\.?$/, '.')} Change what it draws, or try again.`,
  summarised: (title: string, summary: string) => `${title}. ${summary}`,
  tryAgain: 'Try again',
  reload: 'Reload the page',
};

export type ControlWords = typeof en;
