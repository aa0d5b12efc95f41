import { describe, expect, it } from 'vitest';
import { benchBatch, benchParameters } from '../../src/lib/bench/data.ts';
import {
  gflopsOf,
  median,
  peaksOf,
  ratio,
  rowOf,
  stepFlops,
  timing,
} from '../../src/lib/bench/stats.ts';
import { BENCH_MODEL, BENCH_PARAMETERS } from '../../src/lib/bench/types.ts';

describe('median and spread', () => {
  it('is the middle value, or the mean of the middle two, in any order', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([7])).toBe(7);
    expect(median([])).toBeNaN();
  });

  it('sorts numbers as numbers and leaves its argument alone', () => {
    const values = [100, 9, 20];
    expect(median(values)).toBe(20);
    expect(values).toEqual([100, 9, 20]);
  });

  it('is not moved by one wild value', () => {
    expect(timing([10, 11, 12, 13, 5000])).toEqual({ median: 12, min: 10, max: 5000, repeats: 5 });
  });
});

describe('counted operations', () => {
  it('is 2.26 GFLOP for a step of 16 images, as design.md counts it by hand', () => {
    // 3 × 16 images × 2 operations × multiply–adds; convolutions of each level by hand:
    // 28²: in 9·16, down.0 2·9·16², up.0 9·48·16 + 9·16² + 48·16, out 9·16
    const large = 28 ** 2 * (9 * 16 + 2 * 9 * 256 + (9 * 48 * 16 + 9 * 256 + 48 * 16) + 9 * 16);
    // 14²: down.1 9·16·32 + 9·32² + 16·32; up.1 9·64·32 + 9·32² + 64·32
    const middle = 14 ** 2 * (9 * 512 + 9 * 1024 + 512 + (9 * 2048 + 9 * 1024 + 2048));
    // 7²: down.2 2·9·32², middle 2·9·32², up.2 9·64·32 + 9·32² + 64·32
    const small = 7 ** 2 * (4 * 9 * 1024 + (9 * 2048 + 9 * 1024 + 2048));
    const time = 2 * 64 * 64 + 64 * (16 + 32 + 32 + 32 + 32 + 32 + 16);
    expect(stepFlops(16)).toBe(3 * 16 * 2 * (large + middle + small + time));
    expect(stepFlops(16) / 1e9).toBeCloseTo(2.26, 1);
  });

  it('turns operations and milliseconds into GFLOP/s', () => {
    expect(gflopsOf(2e9, 100)).toBeCloseTo(20, 10);
  });
});

describe('rows and ratios', () => {
  const cell = { engine: 'ours', backend: 'wasm', threads: 2, batch: 16 } as const;
  const info = {
    parameters: BENCH_PARAMETERS,
    threads: 2,
    adapter: '',
    software: false,
    detail: 'test',
    firstStepMs: 400,
    loss: 1.25,
  };
  const samples = {
    train: [20, 22, 24],
    forward: [6, 7, 8],
    js: [20, 22, 24],
    sample: [385],
    losses: [1.5, 1.4, 1.3],
    dispatches: 12,
    bytes: 1e6,
  };
  const row = rowOf(cell, info, samples);

  it('has the fields that are asked for, from the samples', () => {
    expect(row).toMatchObject({
      ...cell,
      model: 'unet-16-1-2-2',
      trainMs: 22,
      forwardMs: 7,
      firstStepMs: 400,
      repeats: 3,
      min: 20,
      max: 24,
      losses: [1.25, 1.5, 1.4],
      memoryBytes: 1e6,
    });
    expect(row.gflops).toBeCloseTo(stepFlops(16) / 22e6, 0);
  });

  it('counts dispatches on WebGPU only', () => {
    expect(row.dispatches).toBeNull();
    expect(rowOf({ ...cell, backend: 'webgpu' }, info, samples).dispatches).toBe(12);
  });

  it('divides sampling by as many forward passes as it has steps', () => {
    expect(row.sampleRatio).toBeCloseTo(385 / (50 * 7), 3);
    expect(rowOf(cell, info, { ...samples, sample: [] }).sampleRatio).toBeNull();
  });

  it('divides training steps, and says nothing of what was not measured', () => {
    expect(ratio({ trainMs: 100 }, { trainMs: 4 })).toBe(25);
    expect(ratio(undefined, { trainMs: 4 })).toBeNull();
    expect(ratio({ trainMs: Number.NaN }, { trainMs: 4 })).toBeNull();
  });
});

describe('a step beside its peak', () => {
  const run = (forward: number, filter: number, matmul: number) => ({
    convolutions: { forward, filter },
    matmul,
  });
  const first = [run(70, 80, 20), run(71, 82, 22), run(99, 84, 24)];
  const second = [run(90, 70, 30), run(60, 72, 10), run(61, 74, 20)];
  const ms = (gflops: number) => stepFlops(16) / gflops / 1e6;

  it('is a share of the convolution with the largest sum of medians, not of one lucky run', () => {
    const steps = [120, 77, 110];
    const turns = steps.map((speed, i) => ({ train: [ms(speed)], speeds: [first[i], second[i]] }));
    const peaks = peaksOf(16, turns);
    expect(peaks).toMatchObject({
      ...{ threads: 2, batch: 16, convolution: 82 + 72, operation: 'filter' },
      ...{ matmul: 22 + 20, repeats: 3 },
    });
    expect(peaks.step).toBeCloseTo(110, 6);
    // Turn by turn 120 of 150, 77 of 154 and 110 of 158: the middle one.
    expect(peaks.share).toBeCloseTo(110 / 158, 3);
    // The best of each: 120 of (99 + 90).
    expect(peaks.bestShare).toBeCloseTo(120 / 189, 3);
  });

  it('does not see a machine that is slow for whole turns', () => {
    const slow = ({ convolutions: { forward, filter }, matmul }: (typeof first)[0]) =>
      run(forward / 2, filter / 2, matmul / 2);
    const turn = (speed: number, speeds: typeof first) => ({ train: [ms(speed)], speeds });
    const steady = [turn(60, [first[0]]), turn(60, [first[0]]), turn(60, [first[0]])];
    const disturbed = [steady[0], turn(30, [slow(first[0])]), turn(30, [slow(first[0])])];
    expect(peaksOf(16, disturbed).share).toBe(peaksOf(16, steady).share);
  });

  it('counts one worker alone', () => {
    const turns = second.map((speeds) => ({ train: [ms(36)], speeds: [speeds] }));
    expect(peaksOf(16, turns)).toMatchObject({ threads: 1, convolution: 72, share: 0.5 });
  });
});

describe('what every engine starts from', () => {
  it('has every parameter of the model, no zero matrix among them, and the same ones each time', () => {
    const values = benchParameters();
    expect(values.length).toBe(BENCH_PARAMETERS);
    expect(benchParameters()).toEqual(values);
    // Only biases and the betas of norms start at zero: under 1 % of all.
    expect(values.filter((v) => v === 0).length / values.length).toBeLessThan(0.01);
  });

  it('spreads its times over the chain', () => {
    const { xt, target, t } = benchBatch(16);
    expect(xt.length).toBe(16 * BENCH_MODEL.imageSize ** 2);
    expect(target).not.toEqual(xt);
    expect([...t]).toEqual([...t].sort((a, b) => a - b));
    expect(t[0]).toBe(1);
    expect(t[15]).toBeGreaterThan(900);
    expect(t[15]).toBeLessThanOrEqual(1000);
  });
});
