/** Self-attention alone, in Node: against its definition in float64, whose gradient is held against finite differences. */
import { describe, expect, it } from 'vitest';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { attentionScratch } from '../../src/lib/tensor/kernels/wasm/abi.ts';
import { bench, difference } from './support.ts';

const sum = (count: number, term: (i: number) => number) => {
  let total = 0;
  for (let i = 0; i < count; i++) total += term(i);
  return total;
};

/** One image: x [pixels][3c], dy [pixels][c] → y [pixels][c], dx [pixels][3c]. */
function attention(pixels: number, c: number, heads: number, x: Float64Array, dy: Float64Array) {
  const d = c / heads;
  const [y, dx] = [new Float64Array(pixels * c), new Float64Array(pixels * 3 * c)];
  const scale = 1 / Math.sqrt(d);
  for (let head = 0; head < heads; head++) {
    // `part` 0, 1, 2: q, k, v.
    const at = (pixel: number, part: number, i: number) => pixel * 3 * c + part * c + head * d + i;
    const out = (pixel: number, i: number) => pixel * c + head * d + i;
    for (let p = 0; p < pixels; p++) {
      const scores = Array.from({ length: pixels }, (_, j) =>
        sum(d, (i) => x[at(p, 0, i)] * x[at(j, 1, i)] * scale),
      );
      const most = Math.max(...scores);
      const total = sum(pixels, (j) => Math.exp(scores[j] - most));
      const share = scores.map((s) => Math.exp(s - most) / total);
      const dShare = share.map((_, j) => sum(d, (i) => dy[out(p, i)] * x[at(j, 2, i)]));
      const mean = sum(pixels, (j) => share[j] * dShare[j]);
      for (let j = 0; j < pixels; j++) {
        const dScore = share[j] * (dShare[j] - mean) * scale;
        for (let i = 0; i < d; i++) {
          y[out(p, i)] += share[j] * x[at(j, 2, i)];
          dx[at(p, 0, i)] += dScore * x[at(j, 1, i)];
          dx[at(j, 1, i)] += dScore * x[at(p, 0, i)];
          dx[at(j, 2, i)] += share[j] * dy[out(p, i)];
        }
      }
    }
  }
  return { y, dx };
}

/** Images, pixels, c, heads, and channels that the tensors around x, y and dx have besides. */
const SHAPES = [
  [1, 1, 4, 1, 0],
  [2, 49, 8, 1, 0],
  [1, 64, 16, 4, 4],
  [3, 5, 12, 4, 8],
  [2, 7, 20, 4, 0],
  [1, 30, 4, 4, 4],
  [1, 256, 8, 2, 0],
];

it('the definition has the gradient of finite differences', () => {
  const [pixels, c, heads] = [6, 4, 2];
  const rng = createRng(3);
  const random = (count: number) => Float64Array.from(rng.fillNormal(new Float32Array(count)));
  const [x, dy] = [random(pixels * 3 * c), random(pixels * c)];
  const { dx } = attention(pixels, c, heads, x, dy);
  const value = (at: number, by: number) => {
    const moved = x.map((v, i) => (i === at ? v + by : v));
    return sum(dy.length, (i) => attention(pixels, c, heads, moved, dy).y[i] * dy[i]);
  };
  // Error of central differences: h²/6 times a third derivative of about 1, and 1e-16/h of rounding.
  for (let i = 0; i < x.length; i++)
    expect(Math.abs((value(i, 1e-4) - value(i, -1e-4)) / 2e-4 - dx[i])).toBeLessThan(1e-7);
});

describe.each(['simd', 'relaxed'] as const)('%s attention', (kind) => {
  it.each(SHAPES)('over %i images of %i pixels, %i channels, %i heads', (...shape) => {
    const [n, pixels, c, heads, more] = shape;
    const { kernels, take, put, get, intact, heap } = bench(kind);
    const rng = createRng(shape.join());
    const [xPitch, yPitch] = [3 * c + more, c + more];
    const random = (count: number) => rng.fillNormal(new Float32Array(count));
    const [x, dy, before] = [xPitch, yPitch, xPitch].map((pitch) => random(n * pixels * pitch));
    const room = attentionScratch(pixels, c / heads);
    expect(room).toBe(kernels.attention_scratch(pixels, c / heads));
    const scratch = take(room);
    // What scratch space holds beforehand must not matter.
    heap.fill(Number.NaN, scratch / 4, scratch / 4 + room);
    const [px, pdy, y, dx] = [x, dy, random(dy.length), before].map(put);
    const images = [px, xPitch, pixels * xPitch];
    kernels.attention_forward(
      ...[...images, y, yPitch, pixels * yPitch, n, pixels, c, heads, scratch],
    );
    const back = (add: number) => {
      heap.set(before, dx / 4);
      kernels.attention_backward(
        ...[...images, pdy, yPitch, pixels * yPitch, dx, xPitch, pixels * xPitch],
        ...[n, pixels, c, heads, add, scratch],
      );
      return get(dx, x.length);
    };
    const [found, fresh, added] = [get(y, dy.length), back(0), back(1)];
    const rows = (a: Float32Array, image: number, pitch: number, width: number) =>
      Float32Array.from({ length: pixels * width }, (_, i) => {
        const pixel = image * pixels + Math.floor(i / width);
        return a[pixel * pitch + (i % width)];
      });
    for (let i = 0; i < n; i++) {
      const [inputs, outputs] = [rows(x, i, xPitch, 3 * c), rows(dy, i, yPitch, c)];
      const expected = attention(
        ...([pixels, c, heads] as const),
        ...([Float64Array.from(inputs), Float64Array.from(outputs)] as const),
      );
      // Scores of about ±4 carry 4 units of 1e-7 into the exponential; sums of up to 256 products as in the convolutions.
      expect(difference(rows(found, i, yPitch, c), expected.y)).toBeLessThan(3e-6);
      expect(difference(rows(fresh, i, xPitch, 3 * c), expected.dx)).toBeLessThan(3e-6);
      const old = rows(before, i, xPitch, 3 * c);
      const both = expected.dx.map((v, j) => v + old[j]);
      expect(difference(rows(added, i, xPitch, 3 * c), both)).toBeLessThan(3e-6);
    }
    // Channels beside them belong to others.
    for (let i = 0; i < before.length; i++)
      if (i % xPitch >= 3 * c) expect(fresh[i]).toBe(before[i]);
    expect(intact()).toBe(true);
  });

  it('takes scores far apart, and passes on what is not a number', () => {
    const { kernels, take, put, get } = bench(kind);
    const scratch = take(attentionScratch(3, 4));
    const run = (x: Float32Array) => {
      const y = take(12);
      kernels.attention_forward(put(x), 12, 36, y, 4, 12, 1, 3, 4, 1, scratch);
      return get(y, 12);
    };
    const x = Float32Array.from({ length: 36 }, (_, i) => (i % 12 < 8 ? 40 * (i % 5) : i));
    const expected = attention(3, 4, 1, Float64Array.from(x), new Float64Array(12)).y;
    expect(difference(run(x), expected)).toBeLessThan(3e-6);
    x[0] = Number.NaN;
    expect(run(x).slice(0, 4).every(Number.isNaN)).toBe(true);
  });
});
