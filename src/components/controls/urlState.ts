import { type Signal, signal } from '@preact/signals';
import type { ControlWords } from './words.ts';

/**
 * A signal that lives in the page's URL: `?<widget>.<key>=value`. A link reproduces the widget's state.
 * Values equal to the default leave the URL clean. Nonsense in the URL falls back to the default, and is said so in the
 * widget's frame (`linkFaults`).
 */
export interface Codec<T> {
  /** What is possible, for the reader of a link that asks for something else. Ends the sentence "expected …". */
  expected: (say: ControlWords['expected']) => string;
  parse(text: string): T | undefined;
  print(value: T): string;
}

export const number = (min: number, max: number): Codec<number> => ({
  expected: (say) => say.number(min, max),
  parse: (text) => {
    const value = Number(text);
    return text.trim() !== '' && value >= min && value <= max ? value : undefined;
  },
  print: (value) => String(Number(value.toPrecision(6))),
});

/** A number as it is: one that was rounded on its way through the address would name another run. */
export const exact = (min: number, max: number): Codec<number> => ({
  ...number(min, max),
  print: String,
});

export const integer = (min: number, max: number): Codec<number> => ({
  expected: (say) => say.integer(min, max),
  parse: (text) => {
    const value = Number(text);
    return Number.isInteger(value) && value >= min && value <= max && text.trim() !== ''
      ? value
      : undefined;
  },
  print: String,
});

export const oneOf = <T extends string>(choices: readonly T[]): Codec<T> => ({
  expected: (say) => say.oneOf(choices),
  parse: (text) => choices.find((choice) => choice === text),
  print: String,
});

export const boolean: Codec<boolean> = {
  expected: (say) => say.boolean,
  parse: (text) => (text === '1' ? true : text === '0' ? false : undefined),
  print: (value) => (value ? '1' : '0'),
};

/** Comma-separated numbers in [min, max], at most `most` of them. */
export const numbers = (min: number, max: number, most = 64): Codec<number[]> => ({
  expected: (say) => say.numbers(most, min, max),
  parse: (text) => {
    const values = text.split(',').map(Number);
    return values.length <= most && values.every((v) => v >= min && v <= max) ? values : undefined;
  },
  print: (values) => values.map((v) => Number(v.toPrecision(5))).join(','),
});

/** What a link asked for and could not have. */
export interface LinkFault {
  name: string;
  found: string;
  expected: Codec<unknown>['expected'];
  kept: string;
}
export const linkFaults: Signal<readonly LinkFault[]> = signal([]);

/** Signals that the page's link set away from where they begin. */
const linkedAway = new WeakSet<Signal<unknown>>();

/** The page's link set one of these: what they govern is not to be hidden at first. */
export const setByLink = (settings: readonly Signal<unknown>[]): boolean =>
  settings.some((setting) => linkedAway.has(setting));

let pending: ReturnType<typeof setTimeout> | undefined;
const waiting = new Map<string, string | null>();

function write(key: string, text: string | null): void {
  waiting.set(key, text);
  clearTimeout(pending);
  // Browsers refuse more than about 100 history writes in 30 s: a dragged slider writes once it rests.
  pending = setTimeout(() => {
    const url = new URL(location.href);
    for (const [name, value] of waiting) {
      if (value === null) url.searchParams.delete(name);
      else url.searchParams.set(name, value);
    }
    waiting.clear();
    history.replaceState(history.state, '', url);
  }, 250);
}

/**
 * Creates the signal once per widget: call inside `useMemo` or `useState`. It begins at the default, as on the server,
 * and takes the URL's value a microtask later: hydration keeps the server's attributes, so a first render that differs
 * from the server's would never reach the page.
 */
export function urlSignal<T>(name: string, initial: T, codec: Codec<T>): Signal<T> {
  const state = signal(initial);
  if (typeof location === 'undefined') return state;
  const text = new URLSearchParams(location.search).get(name);
  const linked = text === null ? undefined : codec.parse(text);
  if (text !== null && linked === undefined) {
    const fault = { name, found: text, expected: codec.expected, kept: codec.print(initial) };
    // After hydration, as below.
    queueMicrotask(() => {
      linkFaults.value = [...linkFaults.peek().filter((known) => known.name !== name), fault];
    });
  }
  let quiet = true;
  state.subscribe((value) => {
    if (!quiet) {
      // What stands there now is the reader's own choice.
      linkFaults.value = linkFaults.peek().filter((known) => known.name !== name);
      write(name, codec.print(value) === codec.print(initial) ? null : codec.print(value));
    }
  });
  if (linked !== undefined && codec.print(linked) !== codec.print(initial)) linkedAway.add(state);
  if (linked !== undefined)
    queueMicrotask(() => {
      if (state.peek() !== initial) return;
      quiet = true;
      state.value = linked;
      quiet = false;
    });
  quiet = false;
  return state;
}
