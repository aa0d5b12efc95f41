import { describe, expect, it } from 'vitest';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { spread } from '../../src/lib/plots/common/lineLabels.ts';

const cost = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, v, i) => sum + (v - b[i]) ** 2, 0);

describe('names at lines', () => {
  it('stay where they are wanted while they are far enough apart', () => {
    expect(spread([80, 10, 40], 14, [0, 100])).toEqual([80, 10, 40]);
    expect(spread([], 14, [0, 100])).toEqual([]);
  });

  it('move as little as they can: no places on a grid that keep apart are nearer', () => {
    const rng = createRng(3);
    for (let trial = 0; trial < 40; trial++) {
      const wanted = Array.from({ length: 3 }, () => Math.floor(rng.uniform() * 20));
      const gap = 1 + Math.floor(rng.uniform() * 6);
      const placed = spread(wanted, gap, [-100, 100]);
      const sorted = placed.toSorted((a, b) => a - b);
      for (let i = 1; i < 3; i++) expect(sorted[i] - sorted[i - 1]).toBeGreaterThan(gap - 1e-9);
      let least = Number.POSITIVE_INFINITY;
      const order = [0, 1, 2].sort((a, b) => wanted[a] - wanted[b]);
      for (let a = -12; a < 32; a++)
        for (let b = a + gap; b < 32; b++)
          for (let c = b + gap; c < 40; c++) {
            const grid = [0, 0, 0];
            for (const [k, v] of [a, b, c].entries()) grid[order[k]] = v;
            least = Math.min(least, cost(grid, wanted));
          }
      expect(cost(placed, wanted)).toBeLessThanOrEqual(least + 1e-9);
    }
  });

  it('stay inside the frame while they fit into it', () => {
    const placed = spread([99, 98, 97, 1], 10, [0, 100]);
    expect(Math.max(...placed)).toBeLessThanOrEqual(100);
    expect(Math.min(...placed)).toBeGreaterThanOrEqual(0);
    expect(placed).toEqual([100, 90, 80, 1]);
  });
});
