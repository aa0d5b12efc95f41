import { expect, it } from 'vitest';
import type { StepReport } from '../../src/lib/tensor/recipes/recipe.ts';
import { createMeter } from '../../src/lib/worker/meter.ts';

/** A step whose loss is the mean of terms, each with its place. */
function of(step: number, terms: [place: number, value: number][], scalars = {}): StepReport {
  const values = terms.map(([, value]) => value);
  const loss = values.reduce((a, b) => a + b) / values.length;
  return { step, loss, scalars, terms: { places: terms.map(([place]) => place), values } };
}

it('smooths without bias: a constant loss is its own mean from the first step', () => {
  const meter = createMeter();
  for (let step = 1; step <= 500; step++) {
    meter.add(of(step, [[0.5, 0.25]]), 0.01);
    expect(meter.smoothed()).toBeCloseTo(0.25, 6);
  }
  expect(meter.stepsPerSecond()).toBeCloseTo(100, 6);
  expect(meter.seconds()).toBeCloseTo(5, 6);
});

it('has followed a change when its window lies behind it', () => {
  const meter = createMeter();
  for (let step = 1; step <= 200; step++) meter.add(of(step, [[0, 1]]), 0.01);
  for (let step = 201; step <= 300; step++) meter.add(of(step, [[0, 0]]), 0.01);
  // The last quarter of 300 steps.
  expect(meter.smoothed()).toBe(0);
});

it('sorts the terms of the loss into ten ranges of their places', () => {
  const meter = createMeter();
  meter.add(
    of(1, [
      [0, 1],
      [0.099, 3],
      [0.1, 5],
      [0.999, 7],
    ]),
    0.1,
  );
  const { buckets } = meter.takeLosses();
  expect(buckets[0]).toBeCloseTo((1 + 3) / 2, 6);
  expect(buckets[1]).toBe(5);
  expect(buckets[9]).toBe(7);
  expect(buckets[5]).toBeNaN();
});

it('hands out every loss once, and keeps at most 2,000 of a long run, first and last among them', () => {
  const meter = createMeter();
  const seen: number[] = [];
  for (let step = 1; step <= 10_000; step++) {
    meter.add(of(step, [[0, step]]), 0.01);
    if (step % 37 === 0) seen.push(...meter.takeLosses().steps);
  }
  seen.push(...meter.takeLosses().steps);
  expect(seen).toEqual(Array.from({ length: 10_000 }, (_, i) => i + 1));
  const { steps, losses } = meter.history();
  expect(steps.length).toBeLessThanOrEqual(2000);
  expect(steps.length).toBeGreaterThan(900);
  expect(steps[0]).toBe(1);
  expect(steps.at(-1)).toBe(10_000);
  expect(losses).toEqual(steps);
  expect([...steps].sort((a, b) => a - b)).toEqual(steps);
});

it('goes on from a stored history', () => {
  const first = createMeter();
  for (let step = 1; step <= 50; step++) first.add(of(step, [[0, 2]]), 0.1);
  const second = createMeter(first.history());
  expect(second.smoothed()).toBeCloseTo(2, 6);
  expect(second.seconds()).toBeCloseTo(5, 6);
  second.add(of(51, [[0, 2]]), 0.1);
  expect(second.history().steps).toHaveLength(51);
});

it('keeps the curves that it is asked for beside the loss, at the same steps, and goes on with them', () => {
  const first = createMeter(undefined, ['accuracy']);
  for (let step = 1; step <= 3000; step++)
    first.add(of(step, [[0, 1 / step]], { accuracy: step / 4, gradNorm: 1 }), 0.1);
  const { steps, curves } = first.takeLosses();
  expect(curves).toEqual({ accuracy: Float32Array.from(steps, (step) => step / 4) });
  const kept = first.history();
  expect(kept.steps.length).toBeLessThan(2001);
  expect(kept.curves).toEqual({ accuracy: kept.steps.map((step) => step / 4) });
  const second = createMeter(kept, ['accuracy']);
  second.add(of(3001, [[0, 1]], { accuracy: 7 }), 0.1);
  expect(second.takeLosses().curves).toEqual({ accuracy: Float32Array.of(7) });
  const { steps: all, curves: whole } = second.history();
  expect([whole.accuracy.length, whole.accuracy.at(-1)]).toEqual([all.length, 7]);
});
