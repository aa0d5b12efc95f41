import { crc32 as zlib } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { crc32 } from '../../src/lib/checkpoint/crc32.ts';
import { decodeSafetensors, encodeSafetensors } from '../../src/lib/checkpoint/index.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { saidOf } from '../said.ts';

const rng = createRng('crc32');
const noise = (length: number) => Uint8Array.from({ length }, () => rng.int(256));

it('CRC-32 is zlib’s, for every length of a rest and every place in memory', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  const memory = noise(64);
  for (let from = 0; from < 9; from++)
    for (let to = from; to <= 64; to++)
      expect(crc32(memory.subarray(from, to))).toBe(zlib(memory.subarray(from, to)));
});

describe('a file with a checksum', () => {
  const data = createRng(5).fillNormal(new Float32Array(12));
  const good = encodeSafetensors(
    {
      a: { dtype: 'F32', shape: [8], data: data.subarray(0, 8) },
      b: { dtype: 'F16', shape: [4], data: data.subarray(8) },
    },
    { format: 'x' },
  );
  const body = 8 + Number(new DataView(good.buffer).getBigUint64(0, true));

  it('tells of every flipped bit of its numbers: what was expected, what was found', () => {
    for (let at = body; at < good.length; at++)
      for (let bit = 0; bit < 8; bit++) {
        const bad = good.slice();
        bad[at] ^= 1 << bit;
        expect(saidOf(() => decodeSafetensors(bad))).toMatch(
          /damaged after it was written: the CRC-32 of its numbers should be [0-9a-f]{8}, but is [0-9a-f]{8}\. The current weights are unchanged\. Get the file again/,
        );
      }
  });

  it('is an ordinary file of the format, and one without it is read as it is', () => {
    const header = JSON.parse(new TextDecoder().decode(good.subarray(8, body)));
    const sum = zlib(good.subarray(body)).toString(16).padStart(8, '0');
    expect(header.__metadata__).toEqual({ format: 'x', crc32: sum });
    const without = { ...header, __metadata__: { format: 'x' } };
    const text = new TextEncoder().encode(JSON.stringify(without).padEnd(body - 8));
    const older = good.slice();
    older.set(text, 8);
    older[older.length - 1] ^= 1;
    expect(decodeSafetensors(older).metadata).toEqual({ format: 'x' });
    expect(decodeSafetensors(good)).toMatchObject({ metadata: { format: 'x' } });
  });
});
