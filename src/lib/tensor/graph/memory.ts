/** The memory planner: blocks that are needed at different times share one place. It knows no device. */

/** A block of `size` that is written and read by the calls `first` to `last`, both included. */
export interface Life {
  size: number;
  first: number;
  last: number;
}

/**
 * For each block the index of its place, and the sizes of the places. The largest blocks choose first, and each takes the
 * smallest place that is long enough and free for its whole life (Pisarchyk & Lee 2020, "greedy by size" for shared
 * objects), so no place is longer than its first block.
 */
export function shareMemory(lives: readonly Life[]): { placeOf: number[]; sizes: number[] } {
  const places: { size: number; held: Life[] }[] = [];
  const placeOf = lives.map(() => -1);
  const order = lives.map((_, i) => i).sort((a, b) => lives[b].size - lives[a].size || a - b);
  for (const i of order) {
    const life = lives[i];
    const free = (held: Life[]) =>
      held.every(({ first, last }) => last < life.first || life.last < first);
    // Places are made in the order of falling size: the last that is free is the smallest.
    let place = places.findLastIndex(({ held }) => free(held));
    if (place < 0) place = places.push({ size: life.size, held: [] }) - 1;
    places[place].held.push(life);
    placeOf[i] = place;
  }
  return { placeOf, sizes: places.map(({ size }) => size) };
}
