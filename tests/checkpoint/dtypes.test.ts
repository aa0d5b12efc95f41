import { describe, expect, it } from 'vitest';
import { fromBrain, fromHalf, toBrain, toHalf } from '../../src/lib/checkpoint/dtypes.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';

/** float32 values over all magnitudes, with every kind of tie between neighbouring 16-bit numbers. */
function* probes(): Generator<number> {
  const bits = new DataView(new ArrayBuffer(4));
  const rng = createRng('probes');
  for (let i = 0; i < 200_000; i++) {
    bits.setUint32(0, rng.int(2 ** 32));
    yield bits.getFloat32(0);
  }
  for (let half = 0; half < 0x7c00; half++) {
    const middle = (fromHalf(half) + fromHalf(half + 1)) / 2;
    for (const value of [middle, middle * (1 + 2 ** -22), middle * (1 - 2 ** -22)])
      yield Math.fround(value);
  }
  yield* [
    0,
    -0,
    65504,
    65519.996,
    65520,
    -65520,
    2 ** -24,
    2 ** -25,
    2 ** -25 * 1.001,
    Infinity,
    -Infinity,
    NaN,
  ];
}

// The oracle is the engine's own binary16 (V8's Float16Array), which shares no code with ours.
const Float16 = (globalThis as unknown as { Float16Array?: new (n: number) => Float32Array })
  .Float16Array;

describe('binary16', () => {
  it('decodes all 65,536 patterns as the engine does', () => {
    if (!Float16) throw new Error('this test needs Float16Array (Node 24 or newer)');
    const engine = new Float16(1);
    const bits = new Uint16Array(engine.buffer);
    for (let pattern = 0; pattern < 65536; pattern++) {
      bits[0] = pattern;
      if (!Object.is(fromHalf(pattern), engine[0])) expect(fromHalf(pattern)).toBe(engine[0]);
    }
  });

  it('rounds to nearest, ties to even, as the engine does', () => {
    if (!Float16) throw new Error('this test needs Float16Array (Node 24 or newer)');
    const engine = new Float16(1);
    const bits = new Uint16Array(engine.buffer);
    for (const value of probes()) {
      engine[0] = value;
      if (Number.isNaN(value)) expect(fromHalf(toHalf(value))).toBeNaN();
      else if (toHalf(value) !== bits[0])
        expect({ value, bits: toHalf(value) }).toEqual({ value, bits: bits[0] });
    }
  });

  it('knows the ties by hand', () => {
    expect(fromHalf(toHalf(2049))).toBe(2048); // between 2048 (even) and 2050
    expect(fromHalf(toHalf(2051))).toBe(2052);
    expect(toHalf(2 ** -25)).toBe(0);
    expect(toHalf(3 * 2 ** -25)).toBe(2);
    expect(toHalf(65519.996)).toBe(0x7bff);
    expect(toHalf(65520)).toBe(0x7c00);
    expect(toHalf(-0)).toBe(0x8000);
  });
});

describe('bfloat16', () => {
  it('is the nearest of its two neighbours, ties to even', () => {
    for (const value of probes()) {
      const got = fromBrain(toBrain(value));
      if (Number.isNaN(value)) {
        expect(got).toBeNaN();
        continue;
      }
      // Neighbours by truncation: |value| rounded towards zero, and the next one up. Infinity stands for 2^128 here.
      const sign = Object.is(value, -0) || value < 0 ? 0x8000 : 0;
      const below = truncated(Math.abs(value));
      const low = measure(below);
      const high = measure(below + 1);
      const size = measureOf(Math.abs(value));
      const up = size - low > high - size || (size - low === high - size && below % 2 === 1);
      const expected = value === 0 || Math.abs(value) === Infinity ? below : up ? below + 1 : below;
      if (toBrain(value) !== (sign | expected)) {
        expect({ value, bits: toBrain(value) }).toEqual({ value, bits: sign | expected });
      }
    }
  });
});

const truncated = (value: number): number => {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  return view.getUint16(0);
};
const measureOf = (value: number): number => (value === Infinity ? 2 ** 128 : value);
const measure = (pattern: number): number => measureOf(fromBrain(pattern));
