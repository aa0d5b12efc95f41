/** The kernels alone, in Node: convolution by its definition in float64, finite differences, and the edges of memory. */
import { describe, expect, it } from 'vitest';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { conv3Floats, relaxedSimd } from '../../src/lib/tensor/kernels/wasm/abi.ts';
import { conv3Scratch } from '../../src/lib/tensor/kernels/wasm/program.ts';
import { bench, difference, reference } from './support.ts';

/** [images, h, w, in, out] with channels in whole vectors. */
const SHAPES = [
  [1, 7, 7, 4, 4],
  [3, 7, 5, 4, 8],
  [2, 1, 1, 8, 4],
  [1, 2, 9, 12, 20],
  [1, 9, 2, 4, 12],
  [5, 14, 14, 16, 8],
  [1, 28, 28, 16, 16],
  [1, 3, 70, 4, 4],
];

describe.each(['simd', 'relaxed'] as const)('%s kernels', (kind) => {
  it.each(SHAPES)('convolve %i images of %i×%i, %i to %i channels', (...shape) => {
    const [n, h, w, ci, co] = shape;
    const { kernels, take, put, get, intact } = bench(kind);
    const rng = createRng(shape.join());
    const random = (count: number) => rng.fillNormal(new Float32Array(count));
    const [from, to] = [h * w * ci, h * w * co];
    const [x, k, dy] = [n * h * w * ci, 9 * ci * co, n * h * w * co].map(random);
    const [px, pk, pdy] = [x, k, dy].map(put);
    const [u, t, d] = [0, 0, 0].map(() => take(conv3Floats(ci, co)));
    const [y, dx, dk] = [dy.length, x.length, k.length].map(take);
    const [sums, total] = [n * co, co].map(take);
    // Bias gradients, image by image.
    const biases = new Float64Array(n * co);
    dy.forEach((value, i) => {
      biases[Math.floor(i / to) * co + (i % co)] += value;
    });
    for (const tiles of [1, 28, 1000]) {
      const scratch = take(kernels.conv3_scratch(w, ci, co, tiles));
      kernels.pack_conv3(pk, ci, ci, co, u, t);
      kernels.conv3_forward(
        ...[px, ci, from, u, 0, 0, 0, 0, 0, y, co, to, n, h, w, ci, co, scratch, tiles],
      );
      const back = [px, ci, from, t, pdy, co, to, dx, ci, from, d, sums, co, total];
      kernels.conv3_backward(...back, n, h, w, ci, co, 0, scratch, tiles);
      kernels.unpack_conv3(d, 1, 0, ci, ci, co, dk);
      const expected = reference(shape, x, k, dy);
      expect(difference(get(y, dy.length), expected.y)).toBeLessThan(3e-6);
      expect(difference(get(dx, x.length), expected.dx)).toBeLessThan(3e-6);
      expect(difference(get(dk, k.length), expected.dk)).toBeLessThan(3e-6);
      expect(difference(get(sums, n * co), biases)).toBeLessThan(3e-6);
      const all = Float64Array.from({ length: co }, (_, c) =>
        biases.reduce((sum, value, i) => (i % co === c ? sum + value : sum), 0),
      );
      expect(difference(get(total, co), all)).toBeLessThan(3e-6);
      expect(intact()).toBe(true);
    }
  });

  it.each([
    [3, 7, 5, 8],
    [1, 1, 1, 4],
    [2, 1, 6, 12],
    [2, 28, 28, 16],
  ])('convolve %i images of %i×%i between one channel and %i', (...shape) => {
    const [n, h, w, c] = shape;
    const { kernels, take, put, get, intact } = bench(kind);
    const rng = createRng(shape.join());
    const random = (count: number) => rng.fillNormal(new Float32Array(count));
    const pixels = h * w;
    const [one, many, k, bias] = [n * pixels, n * pixels * c, 9 * c, c].map(random);
    const [p1, pm, pk, pb] = [one, many, k, bias].map(put);
    const [thin, wide, filter] = [one.length, many.length, k.length].map(take);
    const work = take((h + 2) * (w + 2));
    const wideSize = [c, pixels * c];
    // From one channel to many: its result, and its filter's gradient.
    const out = reference([n, h, w, 1, c], one, k, many);
    kernels.one_forward(p1, 1, pixels, pk, pb, wide, ...wideSize, n, h, w, c, 0, work);
    const shifted = out.y.map((value, i) => value + bias[i % c]);
    expect(difference(get(wide, many.length), shifted)).toBeLessThan(3e-6);
    kernels.one_filter(p1, 1, pixels, pm, ...wideSize, filter, n, h, w, c, 0, 0, work);
    expect(difference(get(filter, k.length), out.dk)).toBeLessThan(3e-6);
    // From many to one: its result and both gradients.
    const back = reference([n, h, w, c, 1], many, k, one);
    kernels.one_sum(pm, ...wideSize, pk, pb, thin, pixels, n, h, w, c, work);
    const sums = back.y.map((value) => value + bias[0]);
    expect(difference(get(thin, one.length), sums)).toBeLessThan(3e-6);
    kernels.one_forward(p1, 1, pixels, pk, 0, wide, ...wideSize, n, h, w, c, 1, work);
    expect(difference(get(wide, many.length), back.dx)).toBeLessThan(3e-6);
    kernels.one_filter(p1, 1, pixels, pm, ...wideSize, filter, n, h, w, c, 1, 0, work);
    expect(difference(get(filter, k.length), back.dk)).toBeLessThan(3e-6);
    expect(intact()).toBe(true);
  });

  it('normalise with the gradient of finite differences', () => {
    const [n, pixels, c, groups] = [2, 35, 8, 4];
    const { kernels, take, put, get, intact, heap } = bench(kind);
    const rng = createRng(8);
    const random = (count: number) => rng.fillNormal(new Float32Array(count));
    const size = n * pixels * c;
    const [x, gamma, beta, weights] = [size, c, c, size].map(random);
    const [px, pg, pb] = [x, gamma, beta].map(put);
    const [y, da, dx] = [size, size, size].map(take);
    const [stats, dg, db] = [2 * n * groups, c, c].map(take);
    const image = pixels * c;
    const value = () => {
      const image0 = [px, c, image, pg, pb, y, c, image];
      kernels.norm_forward(...image0, stats, n, pixels, c, groups, 1e-5);
      return get(y, size).reduce((total, v, i) => total + v * weights[i], 0);
    };
    value();
    heap.set(weights, da / 4);
    const shapes = [da, c, image, dx, c, image, dg, db, n, pixels, c, groups, 0, 0];
    // Once from the activations that the forward pass left, once without them.
    kernels.norm_backward(px, c, image, pg, pb, stats, y, ...shapes);
    const fast = get(dx, size);
    heap.set(weights, da / 4);
    kernels.norm_backward(px, c, image, pg, pb, stats, 0, ...shapes);
    const slow = get(dx, size);
    fast.forEach((v, i) => {
      expect(Math.abs(v - slow[i])).toBeLessThan(2e-6);
    });
    const gradients: [number, Float32Array][] = [
      [px, slow],
      [pg, get(dg, c)],
      [pb, get(db, c)],
    ];
    for (const [address, gradient] of gradients)
      for (let i = 0; i < gradient.length; i += 7) {
        const at = address / 4 + i;
        const before = heap[at];
        const h = 1e-2;
        heap[at] = before + h;
        const up = value();
        heap[at] = before - h;
        const slope = (up - value()) / (2 * h);
        heap[at] = before;
        expect(Math.abs(slope - gradient[i])).toBeLessThan(3e-3 * Math.max(1, Math.abs(slope)));
      }
    expect(intact()).toBe(true);
  });

  it('compute the sigmoid to a few units in the last place, over its whole range', () => {
    const { kernels, take, put, get } = bench(kind);
    const x = Float32Array.from({ length: 4001 }, (_, i) => (i - 2000) / 20);
    const y = take(x.length);
    kernels.silu_forward(put(x), y, x.length);
    get(y, x.length).forEach((value, i) => {
      const exact = x[i] / (1 + Math.exp(-x[i]));
      expect(Math.abs(value - exact)).toBeLessThanOrEqual(4e-7 * Math.abs(exact) + 1e-34);
    });
  });

  it('need as much scratch space as the program gives them', () => {
    const { kernels } = bench(kind);
    for (const [w, k, n] of [
      [28, 16, 48],
      [7, 32, 4],
      [1, 4, 4],
      [300, 8, 12],
    ])
      expect(conv3Scratch(w, k, n)).toBe(kernels.conv3_scratch(w, k, n, 28));
  });
});

it('relaxed SIMD is told from its validity', () => {
  expect(relaxedSimd()).toBe(true);
});
