/** Parameters one after another, each in whole segments of 64 numbers, and the table that says where their gradients are. */
import { type ParamSpec, sizeOf } from '../../params.ts';
import { ceilDiv, type Slice } from './shader.ts';
import { SEGMENT } from './update.ts';

/** Where a gradient of a parameter lies: Σ_n parts[at + n·stride + e], n < count. */
export interface GradientParts {
  at: number;
  stride: number;
  count: number;
}

export interface FlatLayout {
  /** Floats with padding. */
  floats: number;
  /** Index of a parameter's first number. */
  at(name: string): number;
  size(name: string): number;
  slice(buffer: GPUBuffer, name: string): Slice;
  pack(flat: Float32Array): Float32Array<ArrayBuffer>;
  unpack(padded: Float32Array): Float32Array<ArrayBuffer>;
  /** Four words for each segment (update.ts); a parameter that is used several times has several gradients, to be added. */
  table(gradients: ReadonlyMap<string, GradientParts[]>): Uint32Array<ArrayBuffer>;
}

export function flatLayout(specs: ParamSpec[]): FlatLayout {
  const places = new Map<string, { at: number; size: number; dense: number }>();
  let floats = 0;
  let dense = 0;
  for (const { name, shape } of specs) {
    const size = sizeOf(shape);
    places.set(name, { at: floats, size, dense });
    floats += ceilDiv(size, SEGMENT) * SEGMENT;
    dense += size;
  }
  const place = (name: string) => {
    const found = places.get(name);
    if (!found) throw new Error(`the network has no parameter "${name}"`);
    return found;
  };
  return {
    floats,
    at: (name) => place(name).at,
    size: (name) => place(name).size,
    slice(buffer, name) {
      const { at, size } = place(name);
      return { buffer, offset: 4 * at, size: 4 * ceilDiv(size, SEGMENT) * SEGMENT };
    },
    pack(flat) {
      const padded = new Float32Array(floats);
      for (const { at, size, dense: from } of places.values())
        padded.set(flat.subarray(from, from + size), at);
      return padded;
    },
    unpack(padded) {
      const flat = new Float32Array(dense);
      for (const { at, size, dense: to } of places.values())
        flat.set(padded.subarray(at, at + size), to);
      return flat;
    },
    table(gradients) {
      const rows: number[] = new Array((4 * floats) / SEGMENT).fill(0);
      for (const [name, { at, size }] of places) {
        const [first, ...more] = gradients.get(name) ?? [];
        if (!first) throw new Error(`parameter "${name}" has no gradient`);
        for (let done = 0; done < size; done += SEGMENT) {
          const length = Math.min(SEGMENT, size - done);
          const put = (row: number, { at, stride, count }: GradientParts) => {
            for (const [k, word] of [at + done, stride, count, length].entries())
              rows[4 * row + k] = word;
          };
          let row = (at + done) / SEGMENT;
          put(row, first);
          for (const parts of more) {
            const next = rows.length / 4;
            rows[4 * row + 3] += next * (SEGMENT + 1);
            put(next, parts);
            row = next;
          }
        }
      }
      return Uint32Array.from(rows);
    },
  };
}
