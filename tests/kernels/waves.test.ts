/** The waves of a vector alone, in Node: sines and cosines against Math's, gradients against their definition in float64. */
import { describe, expect, it } from 'vitest';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { bench, difference } from './support.ts';

const WAVES = [
  (x: number) => x,
  (x: number) => Math.sin(x),
  (x: number) => Math.cos(x),
  (x: number) => Math.sin(2 * x),
  (x: number) => Math.cos(2 * x),
];
const SLOPES = [
  () => 1,
  (x: number) => Math.cos(x),
  (x: number) => -Math.sin(x),
  (x: number) => 2 * Math.cos(2 * x),
  (x: number) => -2 * Math.sin(2 * x),
];

/** Measured: 9.3e-8, of which rounding a number near 1 is 3e-8, the polynomial and the rest of the range reduction the rest. */
const ERROR = 1e-7;

describe.each(['simd', 'relaxed'] as const)('%s waves', (kind) => {
  it('are exact to 1e-7 for |x| up to 1000, and near 0 to that of themselves', () => {
    const { kernels, take, put, get, intact } = bench(kind);
    const rng = createRng(5);
    const near = rng.fillNormal(new Float32Array(2000));
    const x = Float32Array.from({ length: 4096 }, (_, i) => {
      if (i < 2000) return near[i];
      // Multiples of π/4, where quadrants change and waves vanish, and numbers over the whole range.
      if (i < 3000) return ((i - 2500) * Math.PI) / 4;
      return (i - 3548) * 1.8231;
    });
    const y = take(5 * x.length);
    kernels.waves_forward(put(x), x.length, y, 5 * x.length, 1, x.length);
    const found = get(y, 5 * x.length);
    WAVES.forEach((wave, k) => {
      x.forEach((value, i) => {
        const error = Math.abs(found[k * x.length + i] - wave(value));
        expect(error).toBeLessThanOrEqual(k === 0 ? 0 : ERROR);
        if (k % 2 === 1 && Math.abs(value) < 0.5)
          expect(error).toBeLessThanOrEqual(1.5 * ERROR * Math.abs(wave(value)));
      });
    });
    expect(intact()).toBe(true);
  });

  it('stay between −1 and 1 far out, and pass on what is not a number', () => {
    const { kernels, take, put, get } = bench(kind);
    const x = Float32Array.from([1e6, -3e7, 1e20, -1e30, Number.NaN]);
    const y = take(28);
    kernels.waves_forward(put(x), 5, y, 28, 1, 5);
    const found = get(y, 25);
    for (let k = 5; k < 25; k++)
      if (k % 5 === 4) expect(found[k]).toBeNaN();
      else expect(Math.abs(found[k])).toBeLessThanOrEqual(1);
  });

  it.each([
    [1, 2, 0],
    [3, 1, 0],
    [2, 7, 5],
    [4, 12, 0],
  ])('of %i vectors of %i numbers go forwards and backwards', (...shape) => {
    const [images, n, more] = shape;
    const { kernels, take, put, get, intact, heap } = bench(kind);
    const rng = createRng(shape.join());
    const whole = (count: number) => Math.ceil(count / 4) * 4;
    const [xStride, yStride] = [whole(n) + more, whole(5 * n) + more];
    const random = (count: number) => rng.fillNormal(new Float32Array(count));
    const [x, dy, before] = [xStride, yStride, xStride].map((s) => random(images * s));
    const [px, pdy, dx] = [x, dy, before].map(put);
    const y = take(dy.length);
    kernels.waves_forward(px, xStride, y, yStride, images, n);
    const found = get(y, dy.length);
    const back = (add: number) => {
      heap.set(before, dx / 4);
      kernels.waves_backward(y, yStride, pdy, yStride, dx, xStride, images, n, add);
      return get(dx, x.length);
    };
    const [fresh, added] = [back(0), back(1)];
    const numbers = Array.from({ length: images * n }, (_, i) => [Math.floor(i / n), i % n]);
    const waves = WAVES.map((wave) => numbers.map(([i, j]) => wave(x[i * xStride + j])));
    WAVES.forEach((_, k) => {
      const given = numbers.map(([i, j]) => found[i * yStride + k * n + j]);
      expect(difference(Float32Array.from(given), Float64Array.from(waves[k]))).toBeLessThan(3e-7);
    });
    const slopes = numbers.map(([i, j]) =>
      SLOPES.reduce(
        (sum, slope, k) => sum + slope(x[i * xStride + j]) * dy[i * yStride + k * n + j],
        0,
      ),
    );
    const at = (a: Float32Array) => Float32Array.from(numbers, ([i, j]) => a[i * xStride + j]);
    expect(difference(at(fresh), Float64Array.from(slopes))).toBeLessThan(5e-7);
    const both = slopes.map((slope, i) => slope + at(before)[i]);
    expect(difference(at(added), Float64Array.from(both))).toBeLessThan(5e-7);
    for (let i = 0; i < images; i++) {
      for (let j = 5 * n; j < whole(5 * n); j++) expect(found[i * yStride + j]).toBe(0);
      for (let j = n; j < whole(n); j++) expect(fresh[i * xStride + j]).toBe(0);
      for (let j = whole(n); j < xStride; j++)
        expect(fresh[i * xStride + j]).toBe(before[i * xStride + j]);
    }
    expect(intact()).toBe(true);
  });
});

it('slopes are those of finite differences', () => {
  // Central differences are off by h²/6 times a third derivative of at most 8.
  WAVES.forEach((wave, k) => {
    for (const x of [-3, -0.4, 0, 0.7, 2.5])
      expect(Math.abs((wave(x + 1e-4) - wave(x - 1e-4)) / 2e-4 - SLOPES[k](x))).toBeLessThan(3e-8);
  });
});
