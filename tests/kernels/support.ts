/** Kernels alone in memory of their own, and the definition of a convolution to hold them against. */
import { readFileSync } from 'node:fs';
import { bindKernels } from '../../src/lib/tensor/kernels/wasm/abi.ts';

const STACK = 65536;
const CANARY = 123.456;

/** Memory with a guard of canaries around each array that is put into it. */
export function bench(kind: 'simd' | 'relaxed') {
  const memory = new WebAssembly.Memory({ initial: 200 });
  const file = `src/lib/tensor/kernels/wasm/fn-${kind}.wasm`;
  const kernels = bindKernels(new WebAssembly.Module(readFileSync(file)), memory, 2 * STACK);
  const heap = new Float32Array(memory.buffer);
  heap.fill(CANARY, STACK / 2);
  const used: [number, number][] = [];
  let end = STACK / 2 + 64;
  const take = (count: number) => {
    const at = end;
    used.push([at, at + count]);
    end = at + count + 64;
    return 4 * at;
  };
  const put = (values: ArrayLike<number>) => {
    const address = take(values.length);
    heap.set(values, address / 4);
    return address;
  };
  const get = (address: number, count: number) => heap.slice(address / 4, address / 4 + count);
  /** True if nothing outside the arrays has changed. */
  const intact = () => {
    for (let i = 0; i <= used.length; i++) {
      const from = i === 0 ? STACK / 2 : used[i - 1][1];
      const to = i === used.length ? end + 4096 : used[i][0];
      for (let j = from; j < to; j++) if (heap[j] !== Math.fround(CANARY)) return false;
    }
    return true;
  };
  return { kernels, take, put, get, intact, heap };
}

type Sums = new (length: number) => Float64Array | Float32Array;

/** A 3×3 "same" convolution and both gradients by definition: [images, h, w, in, out]; sums are kept as `Kind`. */
export function reference<Kind extends Sums = typeof Float64Array>(
  [n, h, w, ci, co]: number[],
  x: Float32Array,
  k: Float32Array,
  dy: Float32Array,
  Numbers: Kind = Float64Array as unknown as Kind,
) {
  const [y, dx, dk] = [n * h * w * co, x.length, k.length].map(
    (count) => new Numbers(count) as InstanceType<Kind>,
  );
  for (let image = 0; image < n; image++)
    for (let i = 0; i < h; i++)
      for (let j = 0; j < w; j++)
        for (let u = 0; u < 9; u++) {
          const [r, q] = [i + Math.floor(u / 3) - 1, j + (u % 3) - 1];
          if (r < 0 || q < 0 || r >= h || q >= w) continue;
          const from = ((image * h + r) * w + q) * ci;
          const to = ((image * h + i) * w + j) * co;
          for (let c = 0; c < ci; c++)
            for (let o = 0; o < co; o++) {
              const at = (u * ci + c) * co + o;
              y[to + o] += x[from + c] * k[at];
              dx[from + c] += dy[to + o] * k[at];
              dk[at] += dy[to + o] * x[from + c];
            }
        }
  return { y, dx, dk };
}

export function difference(found: Float32Array, expected: Float64Array): number {
  const scale = expected.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  return found.reduce((most, v, i) => Math.max(most, Math.abs(v - expected[i])), 0) / scale;
}
