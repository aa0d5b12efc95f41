/** Times in charts and tables. */

/** Three digits, in seconds from a second on: 12.3 ms, 123 ms, 4.2 s. */
export function printMs(ms: number): string {
  if (!Number.isFinite(ms)) return '–';
  if (ms >= 9995) return `${(ms / 1000).toFixed(1)} s`;
  if (ms >= 1000) return `${(ms / 1000).toFixed(2)} s`;
  return `${ms >= 99.95 ? Math.round(ms) : +ms.toPrecision(3)} ms`;
}
