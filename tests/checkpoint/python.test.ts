/** The three lines that the lab gives for Python, run as they stand on files as Export makes them and as the book ships. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { pythonLines } from '../../src/lib/checkpoint/python.ts';
import { decodeSafetensors, encodeSafetensors } from '../../src/lib/checkpoint/safetensors.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';

const python = spawnSync('python3', ['-c', 'import numpy']).status === 0;
if (!python) console.warn('python3 with numpy is not there: the three lines are not run.');

describe('three lines of Python', () => {
  it('are three', () => expect(pythonLines('a "file".safetensors').split('\n')).toHaveLength(3));

  describe.skipIf(!python)('run by python3', () => {
    const folder = mkdtempSync(join(tmpdir(), 'from-noise-'));
    afterAll(() => rmSync(folder, { recursive: true }));

    it.each(['F32', 'F16'] as const)('read all tensors of a file of %s', (dtype) => {
      const shipped = 'public/checkpoints/digits.safetensors';
      const file = dtype === 'F16' ? shipped : join(folder, 'it’s "a" file.safetensors');
      if (dtype === 'F32') {
        const data = createRng(3).fillNormal(new Float32Array(24));
        const tensors = {
          scale: { dtype, shape: [], data: data.subarray(0, 1) },
          kernel: { dtype, shape: [2, 3, 4], data },
        };
        writeFileSync(file, encodeSafetensors(tensors, { format: 'from-noise/1' }));
      }
      const { tensors } = decodeSafetensors(new Uint8Array(readFileSync(file)));
      const end =
        'print(json.dumps({k: [list(w.shape), w.ravel().tolist()] for k, w in weights.items()}))';
      const { stdout, stderr } = spawnSync('python3', ['-c', `${pythonLines(file)}\n${end}`], {
        encoding: 'utf8',
        maxBuffer: 1 << 26,
      });
      expect(stderr).toBe('');
      const found: Record<string, [number[], number[]]> = JSON.parse(stdout);
      expect(Object.keys(found)).toEqual(Object.keys(tensors));
      for (const [name, { shape, data }] of Object.entries(tensors))
        expect(found[name], name).toEqual([shape, Array.from(data)]);
    });
  });
});
