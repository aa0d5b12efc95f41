import { describe, expect, it } from 'vitest';
import { coupledPoints } from '../../src/lib/data/coupledPoints.ts';
import { loadDataset } from '../../src/lib/data/index.ts';
import { BELL } from '../../src/lib/data/planeShapes.ts';
import { gaussianFlow } from '../../src/lib/math/exact/gaussianFlow.ts';
import { straight } from '../../src/lib/math/process/straight.ts';

describe('points that are paired with noise', () => {
  it('are the ends of the exact flow from it', () => {
    const centre = [0.6, -0.3];
    const { images, noise, count } = coupledPoints({ count: 20, seed: 3, centres: [centre] });
    const flow = gaussianFlow({ path: straight(), mean: centre, covariance: BELL ** 2 });
    for (let i = 0; i < count; i++) {
      const end = flow(noise!.subarray(2 * i, 2 * i + 2), 1, 0).x;
      // Sixteen steps of a method of second order; the last of them is Euler's, into a bell of 0.07.
      for (const k of [0, 1]) expect(Math.abs(images[2 * i + k] - end[k])).toBeLessThan(0.1);
    }
  });

  it('are what a run is given that asks for them, and no other', async () => {
    const drawn = [[0.6, -0.3]];
    const paired = await loadDataset('points', { drawn, pairing: 'flow', count: 5 });
    expect(paired.noise).toHaveLength(10);
    expect((await loadDataset('points', { drawn, count: 5 })).noise).toBeUndefined();
  });
});
