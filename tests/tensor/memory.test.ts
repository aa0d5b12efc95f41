/** The memory planner against brute force: no two blocks that are needed at once share a place, and few places suffice. */
import { expect, it } from 'vitest';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { type Life, shareMemory } from '../../src/lib/tensor/graph/memory.ts';

const rng = createRng('memory');
const random = (): Life[] =>
  Array.from({ length: 40 }, () => {
    const first = rng.int(60);
    return { size: 1 + rng.int(9), first, last: first + rng.int(8) };
  });

it.each(Array.from({ length: 20 }, (_, n) => [n, random()] as const))('plan %i', (_n, lives) => {
  const { placeOf, sizes } = shareMemory(lives);
  for (let call = 0; call < 80; call++) {
    const held = lives.flatMap(({ first, last }, i) =>
      first <= call && call <= last ? [placeOf[i]] : [],
    );
    expect(new Set(held).size).toBe(held.length);
  }
  for (const [i, { size }] of lives.entries()) expect(size).toBeLessThanOrEqual(sizes[placeOf[i]]);
  // No place is longer than a block in it, and none is there for nothing.
  for (const [place, size] of sizes.entries())
    expect(Math.max(...lives.flatMap((l, i) => (placeOf[i] === place ? [l.size] : [])))).toBe(size);
});

it('a chain of equal blocks, each read once, needs two places', () => {
  const lives = Array.from({ length: 10 }, (_, i) => ({ size: 4, first: i, last: i + 1 }));
  expect(shareMemory(lives).sizes).toEqual([4, 4]);
});
