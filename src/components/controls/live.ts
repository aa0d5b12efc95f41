/**
 * The page's live state: widgets publish the values that they show now (t, beta, alphaBar …), formulas print them.
 * An event, not a store: a page has at most a few widgets, and the last one that the reader touched speaks.
 */
const NAME = 'from-noise:live';
export type LiveValues = Record<string, number>;

export function publishLive(values: LiveValues): void {
  document.dispatchEvent(new CustomEvent<LiveValues>(NAME, { detail: values }));
}

export function onLive(listener: (values: LiveValues) => void): void {
  document.addEventListener(NAME, (event) => listener((event as CustomEvent<LiveValues>).detail));
}
