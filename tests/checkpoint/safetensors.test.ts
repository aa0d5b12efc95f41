import { describe, expect, it } from 'vitest';
import {
  CheckpointError,
  decodeSafetensors,
  encodeSafetensors,
} from '../../src/lib/checkpoint/index.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { sayCheckpoint } from '../../src/lib/words/errors/checkpoint.ts';

const values = (n: number, seed = 1) => createRng(seed).fillNormal(new Float32Array(n));

/** A file by hand: any header text, any data. */
function file(header: unknown, dataBytes = 0, length?: number): Uint8Array {
  const text = new TextEncoder().encode(
    typeof header === 'string' ? header : JSON.stringify(header),
  );
  const out = new Uint8Array(8 + text.length + dataBytes);
  new DataView(out.buffer).setBigUint64(0, BigInt(length ?? text.length), true);
  out.set(text, 8);
  return out;
}

const entry = (dtype: unknown, shape: unknown, offsets: unknown) => ({
  dtype,
  shape,
  data_offsets: offsets,
});

function refusal(bytes: Uint8Array, limits = {}): CheckpointError {
  try {
    decodeSafetensors(bytes, limits);
  } catch (error) {
    expect(error).toBeInstanceOf(CheckpointError);
    return error as CheckpointError;
  }
  throw new Error('the file was accepted');
}

describe('round trip', () => {
  it('keeps names, order, shapes, metadata and every bit of F32', () => {
    const tensors = {
      'b.weight': { dtype: 'F32' as const, shape: [3, 5], data: values(15) },
      scalar: { dtype: 'F32' as const, shape: [], data: Float32Array.of(-0) },
      empty: { dtype: 'F32' as const, shape: [0, 7], data: new Float32Array(0) },
      'a é "quoted"': { dtype: 'F32' as const, shape: [2], data: Float32Array.of(Infinity, NaN) },
    };
    const bytes = encodeSafetensors(tensors, { note: 'π ≈ 3' });
    expect(Number(new DataView(bytes.buffer).getBigUint64(0, true)) % 8).toBe(0);
    const back = decodeSafetensors(bytes);
    expect(Object.keys(back.tensors)).toEqual(Object.keys(tensors));
    for (const [name, tensor] of Object.entries(tensors))
      expect(back.tensors[name]).toEqual(tensor);
    expect(back.metadata).toEqual({ note: 'π ≈ 3' });
  });

  it('reads from a view that does not begin at an even byte', () => {
    const bytes = encodeSafetensors({ x: { dtype: 'F64', shape: [4], data: values(4) } });
    const shifted = new Uint8Array(bytes.length + 3).subarray(3);
    shifted.set(bytes);
    expect(decodeSafetensors(shifted).tensors.x.data).toEqual(values(4));
  });

  it.each(['I64', 'I32', 'U32', 'I16', 'I8', 'U8'] as const)(
    'keeps small integers in %s',
    (dtype) => {
      const data = Float32Array.of(0, 1, 2, 100, 127, dtype.startsWith('I') ? -128 : 128);
      expect(
        decodeSafetensors(encodeSafetensors({ x: { dtype, shape: [6], data } })).tensors.x.data,
      ).toEqual(data);
    },
  );

  it('refuses an integer that float32 cannot hold', () => {
    const bytes = file({ n: entry('U32', [1], [0, 4]) }, 4);
    bytes.set([1, 0, 0, 1], bytes.length - 4); // 2^24 + 1
    expect(sayCheckpoint(refusal(bytes).reason)).toContain('16777217');
  });

  it('will not write a shape that does not fit, nor the reserved name', () => {
    const tensor = { dtype: 'F32' as const, shape: [2, 3], data: values(5) };
    expect(() => encodeSafetensors({ x: tensor })).toThrow(/\[2,3\] does not hold 5/);
    expect(() => encodeSafetensors({ __metadata__: { ...tensor, shape: [5] } })).toThrow(
      RangeError,
    );
  });
});

describe('malformed files are refused with a sentence', () => {
  const good = encodeSafetensors(
    {
      a: { dtype: 'F32', shape: [4], data: values(4) },
      b: { dtype: 'F16', shape: [2, 2], data: values(4) },
    },
    { format: 'x' },
  );

  it('truncated anywhere', () => {
    for (let length = 0; length < good.length; length++) {
      const error = refusal(good.subarray(0, length));
      expect(error.code).toBe('malformed');
      expect(sayCheckpoint(error.reason)).toMatch(
        /safetensors file: .+\. The current weights are unchanged\. /,
      );
    }
  });

  it('too long by a byte', () => {
    const longer = new Uint8Array(good.length + 1);
    longer.set(good);
    expect(sayCheckpoint(refusal(longer).reason)).toContain(
      '1 bytes at the end belong to no tensor',
    );
  });

  const f4 = (begin: number, end: number) => entry('F32', [(end - begin) / 4], [begin, end]);
  const cases: [string, Uint8Array, RegExp][] = [
    ['a header longer than the file', file({}, 0, 1000), /claims 1000 bytes/],
    ['a header of 2^63 bytes', file({}, 0, 2 ** 63), /claims 9223372036854775808 bytes/],
    ['an empty header', file('', 0, 0), /claims 0 bytes/],
    ['a header that is not JSON', file('{"a": nope}'), /not JSON/],
    [
      'a header that is not UTF-8',
      (() => {
        const f = file('{"aa":1}');
        f[11] = 0xff;
        return f;
      })(),
      /not JSON/,
    ],
    ['an array for a header', file('[1,2]'), /not an object/],
    ['null for a header', file('null'), /not an object/],
    [
      'metadata that are not strings',
      file({ __metadata__: { a: 1 } }),
      /something other than strings/,
    ],
    ['a null entry', file({ a: null }), /unknown number format/],
    ['an unknown dtype', file({ a: entry('F8', [1], [0, 1]) }, 1), /unknown number format "F8"/],
    [
      'a dtype from the prototype',
      file({ a: entry('toString', [1], [0, 1]) }, 1),
      /unknown number format/,
    ],
    ['a negative dimension', file({ a: entry('F32', [-1], [0, 4]) }, 4), /no valid shape/],
    ['a fractional dimension', file({ a: entry('F32', [1.5], [0, 6]) }, 6), /no valid shape/],
    ['a shape that is no array', file({ a: entry('F32', '4', [0, 4]) }, 4), /no valid shape/],
    [
      'too many dimensions',
      file({ a: entry('F32', Array(9).fill(1), [0, 4]) }, 4),
      /no valid shape/,
    ],
    [
      'a huge shape',
      file({ a: entry('F32', [2 ** 53 - 1, 2 ** 53 - 1], [0, 4]) }, 4),
      /needs .* but claims 4/,
    ],
    [
      'a product that wraps to 4 in 64 bits',
      file({ a: entry('U8', [2 ** 33, 2 ** 31, 1], [0, 4]) }, 4),
      /needs/,
    ],
    ['negative offsets', file({ a: entry('F32', [1], [-4, 0]) }, 4), /claims bytes/],
    ['reversed offsets', file({ a: entry('F32', [0], [4, 0]) }, 4), /claims bytes/],
    ['offsets past the end', file({ a: f4(0, 8) }, 4), /claims bytes \[0,8\] of 4/],
    ['one offset', file({ a: entry('F32', [1], [0]) }, 4), /claims bytes/],
    [
      'a span that does not fit the shape',
      file({ a: entry('F32', [2], [0, 4]) }, 4),
      /needs 8 bytes, but claims 4/,
    ],
    ['a gap', file({ a: f4(0, 4), b: f4(8, 12) }, 12), /begins at byte 8 instead of 4 \(gap\)/],
    [
      'an overlap',
      file({ a: f4(0, 8), b: f4(4, 12) }, 12),
      /begins at byte 4 instead of 8 \(overlap\)/,
    ],
    ['two tensors on the same bytes', file({ a: f4(0, 8), b: f4(0, 8) }, 8), /overlap/],
    ['data before the first tensor', file({ a: f4(4, 8) }, 8), /instead of 0 \(gap\)/],
    [
      'a name twice',
      file(`{"a":${JSON.stringify(f4(0, 4))},"\\u0061":${JSON.stringify(f4(0, 4))}}`, 4),
      /twice/,
    ],
    [
      'a field twice',
      file('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"shape":[1]}}', 4),
      /twice/,
    ],
  ];
  it.each(cases)('%s', (_, bytes, message) => {
    const { reason } = refusal(bytes);
    expect(reason.code).toBe('malformed');
    expect(sayCheckpoint(reason)).toMatch(message);
  });

  it('an oversized file', () => {
    expect(refusal(good, { maxBytes: good.length - 1 }).code).toBe('oversized');
    expect(decodeSafetensors(good, { maxBytes: good.length }).metadata).toEqual({ format: 'x' });
  });

  it('survives a tensor called __proto__', () => {
    const bytes = file(`{"__proto__":${JSON.stringify(f4(0, 4))}}`, 4);
    expect(Object.keys(decodeSafetensors(bytes).tensors)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>).dtype).toBeUndefined();
  });

  it('any flipped byte of 3,000: refused with a CheckpointError, or a file that decodes; never another error', () => {
    const rng = createRng('flip');
    let refused = 0;
    for (let trial = 0; trial < 3000; trial++) {
      const bytes = good.slice();
      const flips = 1 + rng.int(3);
      for (let k = 0; k < flips; k++) bytes[rng.int(bytes.length)] = rng.int(256);
      try {
        const { tensors } = decodeSafetensors(bytes);
        const held = Object.values(tensors).reduce((sum, tensor) => sum + tensor.data.length, 0);
        expect(held).toBeLessThanOrEqual(bytes.length);
      } catch (error) {
        expect(error).toBeInstanceOf(CheckpointError);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(1000); // most of the bytes are header, and most changes there break it
    expect(refused).toBeLessThan(3000);
  });
});
