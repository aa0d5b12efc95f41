/** Channels of a block as pictures: those that vary most, each on its own scale from black (−1) to white (1). */

/** How many stand inside a block of the diagram. */
export const SHOWN = 4;

/** One channel of h × w × c values, channels last; its lowest value black, its highest white. */
export function channelOf(data: ArrayLike<number>, channels: number, k: number) {
  const values = Float32Array.from(
    { length: data.length / channels },
    (_, i) => data[i * channels + k],
  );
  const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return { spread: high - low, values: values.map((v) => (2 * (v - low)) / (high - low || 1) - 1) };
}

/** The `count` channels with the largest range, in their order in the network. */
export function mostAlive(data: ArrayLike<number>, channels: number, count = SHOWN) {
  return Array.from({ length: channels }, (_, k) => ({ k, ...channelOf(data, channels, k) }))
    .sort((a, b) => b.spread - a.spread)
    .slice(0, count)
    .sort((a, b) => a.k - b.k)
    .map(({ values }) => values);
}
