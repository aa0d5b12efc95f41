import { describe, expect, it } from 'vitest';
import { emaDecayAt, learningRateAt } from '../../src/lib/tensor/adam.ts';

describe('rates', () => {
  it('rise, hold, and fall to a tenth at the target', () => {
    const at = (step: number, steps: number) =>
      learningRateAt(step, { learningRate: 1, warmup: 10, steps });
    expect(at(1, 0)).toBeCloseTo(0.1);
    expect(at(10, 0)).toBe(1);
    expect(at(1e6, 0)).toBe(1);
    expect(at(60, 100)).toBe(1);
    expect(at(80, 100)).toBeCloseTo(0.55);
    expect(at(100, 100)).toBeCloseTo(0.1);
  });

  it('average over a horizon that grows with the run', () => {
    expect(emaDecayAt(0.999, 1)).toBeCloseTo(2 / 11);
    expect(emaDecayAt(0.999, 1e6)).toBe(0.999);
  });
});
