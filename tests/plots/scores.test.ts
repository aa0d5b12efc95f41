/** Particles on the line that follow the score. */
import { describe, expect, it } from 'vitest';
import { lineCdf, lineDensity } from '../../src/lib/math/exact/lineLaw.ts';
import { integrate } from '../../src/lib/math/numerics/quadrature.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { langevinWalk } from '../../src/lib/math/samplers/langevin.ts';
import { lineLangevin, lineWalk } from '../../src/lib/math/samplers/lineWalks.ts';
import { distanceAt, LAW, schedule, shareRight } from '../../src/lib/plots/scores/line.ts';

describe('a law on the line', () => {
  it('has the density whose integral is its share', () => {
    for (const t of [0, 40, 200]) {
      const share = integrate((x) => lineDensity(LAW, schedule, t, x), [-9, -1.4, 0.3]);
      expect(share).toBeCloseTo(lineCdf(LAW, schedule, t, 0.3), 8);
    }
  });
});

describe('the two ways back', () => {
  // Of n independent draws Kolmogorov's distance exceeds 2/√n once in a thousand times; the seeds are fixed.
  const COUNT = 400;
  it.each(['sde', 'ode'] as const)('%s: have the law of x_t at every t', (way) => {
    const paths = lineWalk({ law: LAW, schedule, way, count: COUNT, seed: 1 });
    for (const t of [200, 150, 100, 50, 0])
      expect(distanceAt(paths, t), `t = ${t}`).toBeLessThan(2 / Math.sqrt(COUNT));
  });
});

describe('Langevin dynamics', () => {
  it('keeps a bell as it is, but for the error of its steps', () => {
    const start = new Float64Array(4000);
    const size = 0.05;
    const levels = [{ score: (x: number) => -x, size, steps: 300 }];
    const [x] = langevinWalk(start, levels, createRng(3));
    const variance = x.reduce((sum, value) => sum + value * value, 0) / x.length;
    // x ← (1 − e) x + √(2e) z rests at 2e/(1 − (1 − e)²) = 1/(1 − e/2); of 4,000 draws a variance is off by √(2/4000).
    expect(Math.abs(variance - 1 / (1 - size / 2))).toBeLessThan(4 * Math.sqrt(2 / 4000));
  });

  it('stays in the bell in which it begins where there is no noise, and finds the other from much noise', () => {
    const setting = { law: LAW, schedule, count: 600, t: 1, steps: 400, seed: 1 };
    expect(shareRight(lineLangevin({ ...setting, annealed: false }))).toBe(0);
    const share = shareRight(lineLangevin({ ...setting, annealed: true }));
    // 600 particles: 0.7 ± 5 standard errors, and what the steps did not mix.
    expect(Math.abs(share - 0.7)).toBeLessThan(0.1);
  });
});
