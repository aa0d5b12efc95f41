import { describe, expect, it } from 'vitest';
import { drawnDigits } from '../../src/lib/data/index.ts';
import { bars } from '../../src/lib/data/toy2x2.ts';
import { makeSchedule } from '../../src/lib/math/schedule.ts';
import { type BatchOptions, createBatches } from '../../src/lib/tensor/batch.ts';

const schedule = makeSchedule('cosine', 100);
const options = (changes: Partial<BatchOptions> = {}): BatchOptions => {
  const dataset = changes.dataset ?? bars();
  return {
    images: dataset.images,
    dataset,
    schedule,
    prediction: 'epsilon',
    batchSize: 12,
    seed: 1,
    classes: 0,
    labelDropout: 0.1,
    ...changes,
  };
};

/** x_0 of each image, from x_t = √ᾱ x_0 + √(1−ᾱ) ε and target ε. */
function cleanImages(
  batch: { xt: Float32Array; target: Float32Array; t: Int32Array },
  size: number,
) {
  return [...batch.t].map((t, i) =>
    [...batch.xt.subarray(i * size, (i + 1) * size)].map((x, k) => {
      const noise = Math.sqrt(schedule.noiseVariance[t]) * batch.target[i * size + k];
      return (x - noise) / Math.sqrt(schedule.alphaBar[t]);
    }),
  );
}

describe('training batches', () => {
  it('depend on seed and step alone, not on what was asked before', () => {
    const one = createBatches(options());
    for (let step = 1; step < 9; step++) one.at(step);
    expect(createBatches(options()).at(9)).toEqual(one.at(9));
    expect(createBatches(options({ seed: 2 })).at(9).xt).not.toEqual(one.at(9).xt);
    expect(one.at(10).xt).not.toEqual(one.at(9).xt);
  });

  it('show every image once in an epoch', () => {
    // 6 images, batches of 12: two epochs each.
    const batches = createBatches(options({ schedule, batchSize: 12 }));
    for (const step of [1, 2, 50]) {
      const counts = new Map<string, number>();
      const batch = batches.at(step);
      cleanImages(batch, 4).forEach((image, i) => {
        // Late t drown x_0 in float32; there the early half decides.
        if (batch.t[i] > 95) return;
        const key = image.map(Math.round).join();
        counts.set(key, (counts.get(key) ?? 0) + 1);
      });
      for (const count of counts.values()) expect(count).toBeLessThanOrEqual(2);
      expect(counts.size).toBe(6);
    }
  });

  it('draw t uniformly from 1 to T', () => {
    const batches = createBatches(options({ batchSize: 10 }));
    const seen = new Float64Array(101);
    const steps = 4000;
    for (let step = 1; step <= steps; step++) for (const t of batches.at(step).t) seen[t]++;
    expect(seen[0]).toBe(0);
    const expected = (steps * 10) / 100;
    for (let t = 1; t <= 100; t++)
      expect(Math.abs(seen[t] - expected)).toBeLessThan(5 * Math.sqrt(expected));
  });

  it('drop a tenth of the labels, and keep the others with their image', () => {
    const dataset = drawnDigits({ count: 50, seed: 1 });
    const batches = createBatches(
      options({ dataset, images: dataset.images, classes: 10, batchSize: 25 }),
    );
    let dropped = 0;
    const total = 100 * 25;
    for (let step = 1; step <= 100; step++)
      for (const label of batches.at(step).labels!) {
        expect(label).toBeLessThanOrEqual(10);
        if (label === 10) dropped++;
      }
    expect(Math.abs(dropped / total - 0.1)).toBeLessThan(0.03);
  });

  it('give too little noise under the β bug, and other images under the scale bug', () => {
    const right = createBatches(options({ batchSize: 100 })).at(1);
    const wrong = createBatches(options({ batchSize: 100, bug: 'betaNotSqrt' })).at(1);
    const spread = (batch: typeof right) => {
      const last = batch.t.indexOf(100);
      return Math.hypot(...batch.xt.subarray(last * 4, last * 4 + 4));
    };
    expect(right.t).toEqual(wrong.t);
    expect(spread(wrong)).toBeLessThan(spread(right));
  });
});
