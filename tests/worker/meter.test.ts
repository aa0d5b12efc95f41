import { expect, it } from 'vitest';
import { createMeter } from '../../src/lib/worker/meter.ts';

it('smooths without bias: a constant loss is its own mean from the first step', () => {
  const meter = createMeter(10);
  for (let step = 1; step <= 500; step++) {
    meter.add(step, [5], [0.25], 0.01);
    expect(meter.smoothed()).toBeCloseTo(0.25, 6);
  }
  expect(meter.stepsPerSecond()).toBeCloseTo(100, 6);
  expect(meter.seconds()).toBeCloseTo(5, 6);
});

it('has followed a change when its window lies behind it', () => {
  const meter = createMeter(10);
  for (let step = 1; step <= 200; step++) meter.add(step, [1], [1], 0.01);
  for (let step = 201; step <= 300; step++) meter.add(step, [1], [0], 0.01);
  // The last quarter of 300 steps.
  expect(meter.smoothed()).toBe(0);
});

it('sorts errors into ten ranges of t', () => {
  const meter = createMeter(1000);
  meter.add(1, [1, 100, 101, 1000], [1, 3, 5, 7], 0.1);
  const { buckets } = meter.takeLosses();
  expect(buckets[0]).toBeCloseTo((1 + 3) / 2, 6);
  expect(buckets[1]).toBe(5);
  expect(buckets[9]).toBe(7);
  expect(buckets[5]).toBeNaN();
});

it('hands out every loss once, and keeps at most 2,000 of a long run, first and last among them', () => {
  const meter = createMeter(10);
  const seen: number[] = [];
  for (let step = 1; step <= 10_000; step++) {
    meter.add(step, [1], [step], 0.01);
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
  const first = createMeter(10);
  for (let step = 1; step <= 50; step++) first.add(step, [1], [2], 0.1);
  const second = createMeter(10, first.history());
  expect(second.smoothed()).toBeCloseTo(2, 6);
  expect(second.seconds()).toBeCloseTo(5, 6);
  second.add(51, [1], [2], 0.1);
  expect(second.history().steps).toHaveLength(51);
});
