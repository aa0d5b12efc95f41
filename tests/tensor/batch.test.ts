import { describe, expect, it } from 'vitest';
import { coupledPoints } from '../../src/lib/data/coupledPoints.ts';
import { drawnDigits } from '../../src/lib/data/index.ts';
import { bars } from '../../src/lib/data/toy2x2.ts';
import { partsOf } from '../../src/lib/math/mistakes/bugs.ts';
import { objectiveOf } from '../../src/lib/math/objectives/record.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';
import { type BatchOptions, batchPlan, createBatches } from '../../src/lib/tensor/batch.ts';

const schedule = makeSchedule('cosine', 100);
const options = (changes: Partial<BatchOptions> = {}): BatchOptions => {
  const dataset = changes.dataset ?? bars();
  return {
    images: dataset.images,
    dataset,
    objective: objectiveOf('simple', { schedule, prediction: 'epsilon' }),
    batchSize: 12,
    seed: 1,
    classes: 0,
    labelDropout: 0.1,
    ...changes,
  };
};

/** x_0 of each image, from x_t = √ᾱ x_0 + √(1−ᾱ) ε and target ε. */
function cleanImages(
  batch: { xt: Float32Array; target: Float32Array; t: ArrayLike<number> },
  size: number,
) {
  return Array.from(batch.t, (t, i) =>
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
    const batches = createBatches(options({ batchSize: 12 }));
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
    for (let step = 1; step <= steps; step++)
      for (const t of Array.from(batches.at(step).t)) seen[t]++;
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

  it('are noised by the forward process of their objective: too little under the β bug', () => {
    const right = createBatches(options({ batchSize: 100 })).at(1);
    const forward = partsOf('betaNotSqrt').forward(schedule);
    const objective = { ...options().objective, forward };
    const wrong = createBatches(options({ batchSize: 100, objective })).at(1);
    const spread = (batch: typeof right) => {
      const last = Array.from(batch.t).indexOf(100);
      return Math.hypot(...batch.xt.subarray(last * 4, last * 4 + 4));
    };
    expect(right.t).toEqual(wrong.t);
    expect(spread(wrong)).toBeLessThan(spread(right));
  });

  it('of a chain are algorithm 1 of DDPM, digit by digit', () => {
    const { alphaBar, noiseVariance } = schedule;
    const dataset = bars();
    const batch = createBatches(options({ batchSize: 7 })).at(3);
    const plan = batchPlan(options({ batchSize: 7 }));
    const [rng, chosen] = [plan.stream(3), plan.images(3)];
    const noise = new Float32Array(4);
    for (let i = 0; i < 7; i++) {
      const t = 1 + Math.floor((100 * (i + rng.uniform())) / 7);
      rng.fillNormal(noise);
      const x0 = dataset.images.subarray(4 * chosen[i], 4 * chosen[i] + 4);
      const xt = x0.map(
        (x, k) => Math.sqrt(alphaBar[t]) * x + Math.sqrt(noiseVariance[t]) * noise[k],
      );
      expect([batch.t[i], batch.time[i], batch.T]).toEqual([t, t, 100]);
      expect(batch.xt.slice(4 * i, 4 * i + 4)).toEqual(xt);
      expect(batch.target.slice(4 * i, 4 * i + 4)).toEqual(noise);
    }
  });

  it('of flow matching lie on the straight line from x₀ to ε, whose direction is the target', () => {
    const objective = objectiveOf('flow', { schedule, prediction: 'x0' });
    const { xt, target, t, time, T } = createBatches(options({ objective, batchSize: 60 })).at(1);
    expect([T, ...Array.from(time)]).toEqual([1, ...Array.from(t)]);
    Array.from(t).forEach((at, i) => {
      expect(Math.floor(60 * at)).toBe(i);
      for (let k = 4 * i; k < 4 * i + 4; k++)
        expect(Math.abs(Math.abs(xt[k] - at * target[k]) - 1)).toBeLessThan(1e-6);
    });
  });

  it('of EDM show c_in·x, ask for F and tell ¼ log σ', () => {
    const objective = objectiveOf('edm', { schedule, prediction: 'x0', sigmaData: 1 });
    const { xt, target, t, time, T } = createBatches(options({ objective, batchSize: 60 })).at(1);
    expect(T).toBe(1);
    Array.from(t).forEach((sigma, i) => {
      expect(time[i]).toBeCloseTo(Math.log(sigma) / 4, 12);
      const width = Math.hypot(1, sigma);
      for (let k = 4 * i; k < 4 * i + 4; k++) {
        // D = c_skip·x + c_out·F
        const clean = (xt[k] * width) / width ** 2 + (sigma / width) * target[k];
        expect(Math.abs(Math.abs(clean) - 1)).toBeLessThan(2e-6);
      }
    });
  });
});

describe('data that are paired with noise of their own', () => {
  it('come with that noise, at every t and in every epoch', () => {
    const centres = [
      [1, 0],
      [-1, 0.5],
    ];
    const dataset = coupledPoints({ count: 6, seed: 4, centres });
    const objective = objectiveOf('flow', { schedule, prediction: 'epsilon' });
    const batches = createBatches(options({ dataset, images: dataset.images, objective }));
    const { noise } = dataset;
    if (!noise) throw new Error('no noise');
    const velocities = new Set(
      [0, 1, 2, 3, 4, 5].map((i) =>
        [0, 1].map((k) => Math.fround(noise[2 * i + k] - dataset.images[2 * i + k])).join(),
      ),
    );
    for (const step of [1, 7]) {
      const { target } = batches.at(step);
      const found = Array.from({ length: 12 }, (_, i) =>
        [...target.subarray(2 * i, 2 * i + 2)].join(),
      );
      // Twelve of six: each twice.
      expect(new Set(found)).toEqual(velocities);
    }
  });
});
