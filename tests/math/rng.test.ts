import { describe, expect, it } from 'vitest';
import { chiSquareTest } from '../../src/lib/math/judge/chiSquare.ts';
import { createRng, philox4x32, restoreRng } from '../../src/lib/math/numerics/rng.ts';

type Words = [number, number, number, number];

describe('Philox4x32-10', () => {
  // Known-answer tests of Random123 (kat_vectors, "philox4x32 10").
  const known: [Words, [number, number], Words][] = [
    [
      [0, 0, 0, 0],
      [0, 0],
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ],
    [
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ];
  it.each(known)('counter %j', (counter, key, words) => {
    expect(philox4x32(counter, key)).toEqual(words);
  });
});

describe('streams', () => {
  it('are the same for the same seed and differ between seeds', () => {
    const draw = (seed: number | string) =>
      Array.from(createRng(seed).fillNormal(new Float64Array(9)));
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(draw('7')).not.toEqual(draw(7));
    expect(draw(2 ** 40)).not.toEqual(draw(0));
  });

  it('continue from a saved state, in the middle of a pair of normals too', () => {
    const rng = createRng('saved');
    for (let i = 0; i < 5; i++) rng.normal();
    rng.uniform();
    const copy = restoreRng(JSON.parse(JSON.stringify(rng.state())));
    const rest = (r: typeof rng) => [r.normal(), r.uniform(), r.int(1000), r.normal()];
    expect(rest(copy)).toEqual(rest(rng));
  });

  it('fork by label, wherever the parent stands', () => {
    const rng = createRng(3);
    const before = rng.fork('a').uniform();
    rng.uniform();
    expect(rng.fork('a').uniform()).toBe(before);
    expect(rng.fork('b').uniform()).not.toBe(before);
    expect(rng.fork(1).uniform()).not.toBe(rng.fork('1').uniform());
  });

  it.each([-1, 0.5, Number.NaN, 2 ** 60])('refuse the seed %s', (seed) => {
    expect(() => createRng(seed)).toThrow(/Seed: expected .* found/);
  });

  it('refuse a broken state', () => {
    expect(() => restoreRng({ key: [0, -1], position: 0, spare: null })).toThrow(RangeError);
  });
});

describe('distributions', () => {
  // Seeds are fixed, so these pass or fail for ever; the bounds are 5 standard errors.
  const n = 400_000;
  it('normals have the first four moments of N(0, 1), and no correlation', () => {
    const z = createRng(1).fillNormal(new Float64Array(n));
    const moment = (k: number) => z.reduce((s, v) => s + v ** k, 0) / n;
    const bound = (variance: number) => 5 * Math.sqrt(variance / n);
    expect(Math.abs(moment(1))).toBeLessThan(bound(1));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(bound(2));
    expect(Math.abs(moment(3))).toBeLessThan(bound(15));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(bound(96));
    for (const lag of [1, 2, 3, 4]) {
      let sum = 0;
      for (let i = lag; i < n; i++) sum += z[i] * z[i - lag];
      expect(Math.abs(sum / n)).toBeLessThan(bound(1));
    }
  });

  it('uniforms fill [0, 1) evenly', () => {
    const rng = createRng('uniform');
    const counts = new Float64Array(100);
    for (let i = 0; i < n; i++) counts[Math.floor(rng.uniform() * 100)]++;
    expect(
      chiSquareTest(
        counts,
        counts.map(() => 1),
      ).pValue,
    ).toBeGreaterThan(1e-4);
  });

  it.each([2, 6, 1000])('int(%i) is even and within range', (k) => {
    const rng = createRng('int');
    const counts = new Float64Array(k);
    for (let i = 0; i < 100_000; i++) counts[rng.int(k)]++;
    expect(counts.reduce((a, b) => a + b)).toBe(100_000);
    expect(
      chiSquareTest(
        counts,
        counts.map(() => 1),
      ).pValue,
    ).toBeGreaterThan(1e-4);
  });

  it('int refuses 0 and fractions', () => {
    expect(() => createRng(0).int(0)).toThrow(RangeError);
    expect(() => createRng(0).int(1.5)).toThrow(RangeError);
  });
});
