/** Ticks of an axis that counts: steps and times are whole numbers, and so are their ticks. */

/** About `most` whole numbers from `from` to `to`, at multiples of 1, 2 or 5 times a power of ten; all of them if few. */
export function wholeTicks(from: number, to: number, most = 6): number[] {
  const first = Math.ceil(Math.min(from, to));
  const last = Math.floor(Math.max(from, to));
  if (!Number.isFinite(last - first)) return [];
  if (last - first < most) return range(first, last, 1);
  const rough = (last - first) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((k) => k * power).find((size) => size >= rough) ?? 10 * power;
  const whole = Math.max(1, Math.round(step));
  return range(Math.ceil(first / whole) * whole, last, whole);
}

const range = (first: number, last: number, step: number): number[] =>
  Array.from(
    { length: Math.max(0, Math.floor((last - first) / step) + 1) },
    (_, i) => first + i * step,
  );

/** Ticks and their labels, to be spread into an axis: a lone tick at 2 would be written 2.0. */
export const counted = (from: number, to: number, most = 6) => ({
  ticks: wholeTicks(from, to, most),
  tickFormat: (value: number) => value.toLocaleString('en'),
});

/** The same over the values of one coordinate. */
export function countedOver(values: Iterable<number>, most = 6) {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return counted(low, high, most);
}
