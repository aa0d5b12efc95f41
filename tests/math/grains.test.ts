import { describe, expect, it } from 'vitest';
import { grainsOf, reflected, walkOn } from '../../src/lib/math/mistakes/grains.ts';
import { heat } from '../../src/lib/math/mistakes/heat.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';

const mean = (values: Float64Array, f: (x: number) => number) =>
  values.reduce((sum, x) => sum + f(x), 0) / values.length;

describe('grains of ink', () => {
  const n = 28;
  const count = 40_000;

  it('are turned back at the walls and stay where they are within', () => {
    for (const [place, folded] of [
      [5, 5],
      [-3, 3],
      [30, 26],
      [56, 0],
      [59, 3],
      [-57, 1],
    ])
      expect(reflected(place, n)).toBeCloseTo(folded, 12);
  });

  it('spread with variance 2s, in one walk or in many', () => {
    const s = 4;
    const once = walkOn(new Float64Array(count).fill(14), n, s, createRng(1));
    const often = new Float64Array(count).fill(14);
    const rng = createRng(2);
    for (let k = 0; k < 8; k++) walkOn(often, n, s / 8, rng);
    // Five standard errors of a variance.
    const near = 5 * 2 * s * Math.sqrt(2 / count);
    for (const places of [once, often])
      expect(Math.abs(mean(places, (x) => (x - 14) ** 2) - 2 * s)).toBeLessThan(near);
  });

  it('obey the heat equation between walls: each wave cos(πkx/n) fades as e^{−(πk/n)²s}', () => {
    const s = 30;
    const start = 9.5;
    const rng = createRng(3);
    const places = new Float64Array(count).fill(start);
    for (let k = 0; k < 6; k++) walkOn(places, n, s / 6, rng);
    for (const k of [1, 2, 3, 5]) {
      const wave = (Math.PI * k) / n;
      const expected = Math.exp(-wave * wave * s) * Math.cos(wave * start);
      expect(Math.abs(mean(places, (x) => Math.cos(wave * x)) - expected), `k = ${k}`).toBeLessThan(
        5 / Math.sqrt(2 * count),
      );
    }
  });

  it('are as dense as the ink of the heat equation on pixels', () => {
    const image = new Float64Array(n * n).fill(-1);
    for (let y = 6; y < 12; y++) for (let x = 4; x < 9; x++) image[y * n + x] = y < 9 ? 1 : 0;
    const rng = createRng(4);
    const places = walkOn(grainsOf(image, n, count, rng), n, 40, rng);
    const spread = heat(image, n, 40);
    const ink = spread.map((v) => (v + 1) / 2);
    const total = ink.reduce((a, b) => a + b, 0);
    // Blocks of 7 × 7 pixels: many grains each.
    for (let by = 0; by < 4; by++)
      for (let bx = 0; bx < 4; bx++) {
        let expected = 0;
        for (let y = 7 * by; y < 7 * by + 7; y++)
          for (let x = 7 * bx; x < 7 * bx + 7; x++) expected += ink[y * n + x] / total;
        let found = 0;
        for (let g = 0; g < places.length; g += 2)
          if (Math.floor(places[g] / 7) === bx && Math.floor(places[g + 1] / 7) === by)
            found += 1 / count;
        // Five standard errors, and what the pixels' coarser walk differs by.
        const error = 5 * Math.sqrt(expected / count) + 0.002;
        expect(Math.abs(found - expected), `${bx}, ${by}`).toBeLessThan(error);
      }
  });

  it('start on the ink alone, and nowhere without ink', () => {
    const image = new Float64Array(4).fill(-1);
    expect(grainsOf(image, 2, 10, createRng(5)).length).toBe(0);
    image[2] = 1;
    const places = grainsOf(image, 2, 50, createRng(5));
    for (let g = 0; g < places.length; g += 2) {
      expect(places[g]).toBeLessThan(1);
      expect(places[g + 1]).toBeGreaterThanOrEqual(1);
    }
  });
});
