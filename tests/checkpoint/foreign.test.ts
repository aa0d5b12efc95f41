/** Files of other programs: refused by what they are, before anything is said of their insides. */

import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import {
  CheckpointError,
  encodeSafetensors,
  MOST_BYTES,
  readCheckpoint,
} from '../../src/lib/checkpoint/index.ts';
import { sayCheckpoint } from '../../src/lib/words/errors/checkpoint.ts';

const refusal = (bytes: Uint8Array): string => {
  try {
    readCheckpoint(bytes, (config) => config);
  } catch (error) {
    expect(error).toBeInstanceOf(CheckpointError);
    return sayCheckpoint((error as CheckpointError).reason);
  }
  throw new Error('the file was accepted');
};

const ascii = (text: string) => new TextEncoder().encode(text.padEnd(64, '\0'));

it.each([
  ['a zip archive', Uint8Array.of(0x50, 0x4b, 3, 4, ...new Uint8Array(60)), /PyTorch/],
  ['an HDF5 file', Uint8Array.of(0x89, 0x48, 0x44, 0x46, ...new Uint8Array(60)), /Keras/],
  ['a packed data set', gzipSync('x'.repeat(500)), /gzip/],
  [
    'an unpacked MNIST file',
    Uint8Array.of(0, 0, 8, 3, 0, 0, 234, 96, 0, 0, 0, 28, 0, 0, 0, 28),
    /IDX/,
  ],
  ['a GGUF model', ascii('GGUF'), /GGUF/],
])('%s is called by its name', (_, bytes, says) => {
  expect(refusal(bytes)).toMatch(says);
});

it('the origin is judged before the number format: a stranger in bfloat16 is a stranger first', () => {
  const header = JSON.stringify({
    __metadata__: { format: 'pt' },
    'wte.weight': { dtype: 'F8_E4M3', shape: [4], data_offsets: [0, 4] },
  });
  const bytes = new Uint8Array(8 + header.length + 4);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(new TextEncoder().encode(header), 8);
  const says = refusal(bytes);
  expect(says).toContain('its format is "pt"');
  expect(says).toContain('holds 1 tensor, called "wte.weight"');
  expect(says).toContain('expected "from-noise/1"');
  expect(says).not.toContain('F8_E4M3');
});

it('what a reader would refuse for its size is not written', () => {
  const data = new Float32Array(MOST_BYTES / 4);
  expect(() => encodeSafetensors({ x: { dtype: 'F32', shape: [data.length], data } })).toThrow(
    /268\.\d MB.*not written/s,
  );
});
