/**
 * The oldest browsers that the book supports. The build lowers syntax and styles to them, and fails on a call of something
 * newer in what it emits; README and the notice to readers of older ones name the same versions. What sets them:
 * popover (Chrome 114, Firefox 125, Safari 17), OffscreenCanvas with WebGL in a worker (Safari 17), :has() (Firefox 121).
 * Versions: MDN browser compatibility data, November 2026.
 */
export const OLDEST = { chrome: 114, edge: 114, firefox: 125, safari: 17 };

/** As Vite's `build.target` wants them. */
export const TARGET = Object.entries(OLDEST).map(([name, version]) => `${name}${version}`);

/** 'Chrome 114, Edge 114, Firefox 125, Safari 17' */
export const OLDEST_TEXT = Object.entries(OLDEST)
  .map(([name, version]) => `${name[0].toUpperCase()}${name.slice(1)} ${version}`)
  .join(', ');

/** Calls that some browser of the list does not know. Asked for first ('x' in y, y.x?.()), each may be used all the same. */
const NEWER: [name: string, call: RegExp][] = [
  ['Promise.withResolvers', /\bPromise\.withResolvers\(/],
  ['Promise.try', /\bPromise\.try\(/],
  ['Object.groupBy', /\b(Object|Map)\.groupBy\(/],
  ['Array.fromAsync', /\bArray\.fromAsync\(/],
  ['URL.canParse, URL.parse', /\bURL\.(canParse|parse)\(/],
  ['AbortSignal.any', /\bAbortSignal\.any\(/],
  ['methods of sets', /\.(symmetricDifference|isSubsetOf|isSupersetOf|isDisjointFrom)\(/],
  ['Iterator', /\bIterator\.(from|concat|zip)\(/],
  [
    'methods of iterators',
    /\.(values|keys|entries)\(\)\.(map|filter|take|drop|flatMap|reduce|toArray|some|every|find)\(/,
  ],
  ['ArrayBuffer.transfer', /\.(transferToFixedLength|transferToImmutable)\(|\.buffer\.transfer\(/],
  ['Atomics.waitAsync', /\bAtomics\.waitAsync\(/],
  ['bytes as base64 and hex', /\.(fromBase64|toBase64|fromHex|toHex|setFromBase64|setFromHex)\(/],
  ['RegExp.escape', /\bRegExp\.escape\(/],
  ['Math.sumPrecise, Math.f16round', /\bMath\.(sumPrecise|f16round)\(/],
  ['Float16Array', /\bnew Float16Array\b/],
  ['JSON.rawJSON', /\bJSON\.(rawJSON|isRawJSON)\(/],
  ['Error.isError', /\bError\.isError\(/],
  ['scheduler', /\bscheduler\.(yield|postTask)\(/],
  ['document.startViewTransition', /\bdocument\.startViewTransition\(/],
  ['Element.checkVisibility', /\.checkVisibility\(/],
  ['Intl.DurationFormat', /\bIntl\.DurationFormat\b/],
];

/** Names of what this emitted script calls and the oldest browsers do not have. */
export const newerThanOldest = (code: string): string[] =>
  NEWER.filter(([, call]) => call.test(code)).map(([name]) => name);
