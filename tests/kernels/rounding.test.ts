/** What Winograd's transforms cost in exactness: the errors of a layer beside those of plain sums in 32 bits. */
import { expect, it } from 'vitest';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { conv3Floats } from '../../src/lib/tensor/kernels/wasm/abi.ts';
import { bench, reference } from './support.ts';

const SHAPE = [1, 28, 28, 32, 16];

/** Root mean square of the difference to the exact values, relative to theirs. */
function error(found: ArrayLike<number>, exact: Float64Array): number {
  const squares = exact.reduce((sum, value, i) => sum + (found[i] - value) ** 2, 0);
  return Math.sqrt(squares / exact.reduce((sum, value) => sum + value * value, 0));
}

it.each(['simd', 'relaxed'] as const)('%s kernels err about as plain sums do', (kind) => {
  const [, h, w, ci, co] = SHAPE;
  const { kernels, take, put, get } = bench(kind);
  const rng = createRng(11);
  const random = (count: number) => rng.fillNormal(new Float32Array(count));
  const [x, k, dy] = [h * w * ci, 9 * ci * co, h * w * co].map(random);
  const exact = reference(SHAPE, x, k, dy);
  const plain = reference(SHAPE, x, k, dy, Float32Array);
  const [px, pk, pdy] = [x, k, dy].map(put);
  const [u, t, d] = [0, 0, 0].map(() => take(conv3Floats(ci, co)));
  const [y, dx, dk] = [dy, x, k].map(({ length }) => put(new Float32Array(length)));
  const scratch = take(kernels.conv3_scratch(w, ci, co, 28));
  kernels.pack_conv3(pk, ci, ci, co, u, t);
  const size = [1, h, w, ci, co];
  kernels.conv3_forward(px, ci, 0, u, 0, 0, 0, 0, 0, y, co, 0, ...size, scratch, 28);
  kernels.conv3_backward(px, ci, 0, t, pdy, co, 0, dx, ci, 0, d, 0, 0, 0, ...size, 0, scratch, 28);
  kernels.unpack_conv3(d, 1, 0, ci, ci, co, dk);
  for (const [address, name] of [
    [y, 'y'],
    [dx, 'dx'],
    [dk, 'dk'],
  ] as const) {
    const bound = error(plain[name], exact[name]);
    expect(bound, name).toBeGreaterThan(1e-7);
    const found = error(get(address, exact[name].length), exact[name]);
    expect(found / bound, `${name}: ${found}, plain sums: ${bound}`).toBeLessThan(2);
  }
});
