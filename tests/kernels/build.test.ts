/** The compiled kernels belong to their sources: the same compiler gives the same bytes, another one the same numbers. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { createPlan } from '../../src/lib/tensor/kernels/wasm/plan.ts';
import { unet } from '../../src/lib/tensor/networks/unet.ts';

const FOLDER = 'src/lib/tensor/kernels/wasm';
const FILES = ['fn-simd', 'fn-simd-shared', 'fn-relaxed', 'fn-relaxed-shared'];

function version(command: string): string | null {
  try {
    return execFileSync(command, ['--version'], { encoding: 'utf8' }).split('\n')[0];
  } catch {
    return null;
  }
}

/** The compiler that the build command would take, or null. Relaxed SIMD needs clang 16. */
function compiler(): string | null {
  const found = version('clang-19') ?? version('clang');
  const linker = version('wasm-ld-19') ?? version('wasm-ld');
  const major = Number(found?.match(/version (\d+)/)?.[1] ?? 0);
  return linker && major >= 16 ? found : null;
}

/** Losses of three training steps of a small UNet, and its weights after them. */
function trained(file: string): number[] {
  const module = new WebAssembly.Module(readFileSync(file));
  const plan = createPlan(
    unet({
      kind: 'unet',
      imageSize: 8,
      channels: 1,
      base: 8,
      multipliers: [1, 2],
      groups: 8,
      classes: 0,
    }),
    { batch: 3, module },
  );
  const rng = createRng(4);
  const random = (count: number) => rng.fillNormal(new Float32Array(count));
  plan.state.params.set(random(plan.state.params.length).map((v) => 0.2 * v));
  const inputs = {
    values: { x: random(3 * 64), features: random(3 * 32) },
    target: random(3 * 64),
    weights: [1, 1, 1],
  };
  const losses = [1, 2, 3].map(
    (step) => plan.trainStep(inputs, { step, learningRate: 1e-3, emaDecay: 0.9, clipNorm: 1 }).loss,
  );
  return [...losses, ...plan.state.params];
}

describe('compiled kernels', () => {
  const rebuilt = mkdtempSync(join(tmpdir(), 'kernels-'));
  afterAll(() => rmSync(rebuilt, { recursive: true }));
  const clang = compiler();

  it.skipIf(!clang)('are what the build command makes of the sources', () => {
    execFileSync('kernels/build.sh', [rebuilt], { stdio: 'pipe' });
    const record = readFileSync('kernels/COMPILER', 'utf8').trim();
    for (const name of FILES) {
      const [ours, fresh] = [join(FOLDER, `${name}.wasm`), join(rebuilt, `${name}.wasm`)];
      if (clang === record) expect(readFileSync(fresh).equals(readFileSync(ours)), name).toBe(true);
      else if (name === 'fn-simd') expect(trained(fresh)).toEqual(trained(ours));
    }
  });

  it('have no data of their own, which would overwrite memory that is not theirs', () => {
    for (const name of FILES) {
      const module = new WebAssembly.Module(readFileSync(join(FOLDER, `${name}.wasm`)));
      expect(WebAssembly.Module.imports(module)).toEqual([
        { module: 'env', name: 'memory', kind: 'memory' },
      ]);
      const sections = sectionsOf(readFileSync(join(FOLDER, `${name}.wasm`)));
      expect(sections).not.toContain(11);
      expect(sections).not.toContain(8);
    }
  });

  it('give nearly the same losses with and without relaxed SIMD', () => {
    const [plain, relaxed] = ['fn-simd', 'fn-relaxed'].map((name) =>
      // Not the weights: Adam makes whole steps of gradients that are nothing but rounding.
      trained(join(FOLDER, `${name}.wasm`)).slice(0, 3),
    );
    plain.forEach((value, i) => {
      expect(Math.abs(value - relaxed[i])).toBeLessThan(1e-5 * Math.max(1, Math.abs(value)));
    });
  });
});

/** Ids of a module's sections (8 start, 11 data). */
function sectionsOf(bytes: Uint8Array): number[] {
  const ids: number[] = [];
  let at = 8;
  while (at < bytes.length) {
    ids.push(bytes[at++]);
    let size = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      size += (byte & 127) * 2 ** shift;
      if (byte < 128) break;
    }
    at += size;
  }
  return ids;
}
