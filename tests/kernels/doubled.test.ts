/** The 3×3 convolution of a doubled image from the small image: against its definition on the large one, in float64. */
import { describe, expect, it } from 'vitest';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { up3Floats } from '../../src/lib/tensor/kernels/wasm/abi.ts';
import { bench, difference, reference } from './support.ts';

/** [images, h, w, in, out]: size of the small image. */
const SHAPES = [
  [1, 7, 7, 4, 4],
  [2, 1, 1, 8, 4],
  [3, 2, 5, 4, 12],
  [1, 5, 1, 12, 20],
  [5, 7, 7, 16, 8],
  [1, 14, 14, 32, 16],
  [1, 3, 35, 4, 4],
];

/** Each pixel as 2×2 pixels. */
function doubled([n, h, w, c]: number[], x: Float32Array): Float32Array {
  const large = new Float32Array(4 * x.length);
  for (let i = 0; i < n; i++)
    for (let y = 0; y < 2 * h; y++)
      for (let q = 0; q < 2 * w; q++) {
        const from = ((i * h + (y >> 1)) * w + (q >> 1)) * c;
        large.set(x.subarray(from, from + c), ((i * 2 * h + y) * 2 * w + q) * c);
      }
  return large;
}

/** Sum over 2×2 pixels. */
function halved([n, h, w, c]: number[], x: Float64Array): Float64Array {
  const small = new Float64Array(x.length / 4);
  for (let i = 0; i < n; i++)
    for (let y = 0; y < 2 * h; y++)
      for (let q = 0; q < 2 * w; q++)
        for (let j = 0; j < c; j++)
          small[((i * h + (y >> 1)) * w + (q >> 1)) * c + j] +=
            x[((i * 2 * h + y) * 2 * w + q) * c + j];
  return small;
}

/** Input channels `from`…`from + ci − 1` of a filter with `all`. */
const channels = (k: ArrayLike<number>, all: number, from: number, ci: number, co: number) =>
  Float32Array.from({ length: 9 * ci * co }, (_, i) => {
    const [tap, rest] = [Math.floor(i / (ci * co)), i % (ci * co)];
    return k[(tap * all + from) * co + rest];
  });

describe.each(['simd', 'relaxed'] as const)('%s kernels', (kind) => {
  it.each(SHAPES)('convolve %i doubled images of %i×%i, %i to %i channels', (...shape) => {
    const [n, h, w, ci, co] = shape;
    const { kernels, take, put, get, intact, heap } = bench(kind);
    const rng = createRng(shape.join());
    const random = (count: number) => rng.fillNormal(new Float32Array(count));
    // The filter has more input channels, before and after these.
    const [from, all] = [4, ci + 12];
    const filter = random(9 * all * co);
    const [x, dy, start] = [n * h * w * ci, 4 * n * h * w * co, 4 * n * h * w * co].map(random);
    const [px, pk, pdy, y] = [x, filter, dy, start].map(put);
    const dk = put(new Float32Array(filter.length));
    const [u, t, d] = [0, 0, 0].map(() => take(up3Floats(ci, co)));
    const dx = take(x.length);
    const expected = reference(
      [n, 2 * h, 2 * w, ci, co],
      doubled(shape, x),
      channels(filter, all, from, ci, co),
      dy,
    );
    const small = halved(shape, expected.dx);
    for (const tiles of [1, 28, 1000]) {
      const scratch = take(kernels.conv3_scratch(2 * w, ci, co, tiles));
      const [image, result] = [h * w * ci, 4 * h * w * co];
      kernels.pack_up3(pk + 4 * from * co, all, ci, co, u, t);
      heap.set(start, y / 4); // the result is added to what is there; the gradient is not
      const size = [n, h, w, ci, co];
      kernels.up3_forward(px, ci, image, u, y, co, result, ...size, scratch, tiles);
      const back = [px, ci, image, t, pdy, co, result, dx, ci, image, d, ...size, 0];
      kernels.up3_backward(...back, scratch, tiles);
      kernels.unpack_up3(d, 1, 0, all, ci, co, dk + 4 * from * co);
      const total = expected.y.map((value, i) => value + start[i]);
      expect(difference(get(y, dy.length), total)).toBeLessThan(3e-6);
      expect(difference(get(dx, x.length), small)).toBeLessThan(3e-6);
      const found = channels(get(dk, filter.length), all, from, ci, co);
      expect(difference(found, expected.dk)).toBeLessThan(3e-6);
      expect(channels(get(dk, filter.length), all, 0, from, co).every((v) => v === 0)).toBe(true);
      expect(intact()).toBe(true);
    }
  });
});
