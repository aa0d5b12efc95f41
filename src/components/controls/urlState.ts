import { type Signal, signal } from '@preact/signals';

/**
 * A signal that lives in the page's URL: `?<widget>.<key>=value`. A link reproduces the widget's state.
 * Values equal to the default leave the URL clean. Nonsense in the URL falls back to the default.
 */
export interface Codec<T> {
  parse(text: string): T | undefined;
  print(value: T): string;
}

export const number = (min: number, max: number): Codec<number> => ({
  parse: (text) => {
    const value = Number(text);
    return text.trim() !== '' && value >= min && value <= max ? value : undefined;
  },
  print: (value) => String(Number(value.toPrecision(6))),
});

export const integer = (min: number, max: number): Codec<number> => ({
  parse: (text) => {
    const value = Number(text);
    return Number.isInteger(value) && value >= min && value <= max && text.trim() !== ''
      ? value
      : undefined;
  },
  print: String,
});

export const oneOf = <T extends string>(choices: readonly T[]): Codec<T> => ({
  parse: (text) => choices.find((choice) => choice === text),
  print: String,
});

export const boolean: Codec<boolean> = {
  parse: (text) => (text === '1' ? true : text === '0' ? false : undefined),
  print: (value) => (value ? '1' : '0'),
};

/** Comma-separated numbers in [min, max], at most `most` of them. */
export const numbers = (min: number, max: number, most = 64): Codec<number[]> => ({
  parse: (text) => {
    const values = text.split(',').map(Number);
    return values.length <= most && values.every((v) => v >= min && v <= max) ? values : undefined;
  },
  print: (values) => values.map((v) => Number(v.toPrecision(5))).join(','),
});

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

/** Creates the signal once per widget: call inside `useMemo` or `useState`. On the server it is the default. */
export function urlSignal<T>(name: string, initial: T, codec: Codec<T>): Signal<T> {
  const text =
    typeof location === 'undefined' ? null : new URLSearchParams(location.search).get(name);
  const state = signal((text === null ? undefined : codec.parse(text)) ?? initial);
  if (typeof location !== 'undefined') {
    let first = true;
    state.subscribe((value) => {
      if (first) first = false;
      else write(name, codec.print(value) === codec.print(initial) ? null : codec.print(value));
    });
  }
  return state;
}
