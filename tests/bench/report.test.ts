import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { benchGroups, parseOnly } from '../../bench/cells.mjs';
import { printRatios, printTable, ratios } from '../../bench/report.mjs';
import { stepFlops } from '../../src/lib/bench/stats.ts';
import {
  BENCH_BACKENDS,
  BENCH_ENGINES,
  BENCH_MODEL_NAME,
  BENCH_PARAMETERS,
  type BenchRow,
} from '../../src/lib/bench/types.ts';

const row = (part: Partial<BenchRow>): BenchRow => ({
  engine: 'ours',
  backend: 'wasm',
  threads: 1,
  model: BENCH_MODEL_NAME,
  batch: 16,
  trainMs: 30,
  forwardMs: 9,
  gflops: 75,
  dispatches: null,
  firstStepMs: 400,
  repeats: 25,
  min: 28,
  max: 50,
  forwardRepeats: 25,
  forwardMin: 8,
  forwardMax: 12,
  parameters: BENCH_PARAMETERS,
  adapter: '',
  software: false,
  detail: '',
  jsMs: null,
  memoryBytes: null,
  sampleMs: null,
  sampleRatio: null,
  losses: [],
  variant: '',
  ...part,
});

describe('the cells of a bench', () => {
  const all = benchGroups({ only: null, batches: [16, 64], torch: true });
  const names = all.flatMap(({ cells }) =>
    cells.map((c) => `${c.engine} ${c.backend} ${c.threads}`),
  );

  it('covers every engine on every backend it can have, and one and two threads', () => {
    for (const engine of ['ours', 'tfjs', 'tf.layers', 'jax-js'])
      for (const backend of ['webgl', 'webgpu']) expect(names).toContain(`${engine} ${backend} 1`);
    for (const engine of ['ours', 'tfjs'])
      for (const threads of [1, 2]) expect(names).toContain(`${engine} wasm ${threads}`);
    expect(names).toContain('jax-js wasm 2');
    expect(names).toContain('pytorch cpu 1');
    expect(names).toContain('pytorch cpu 2');
  });

  it('leaves PyTorch out where there is none', () => {
    const without = benchGroups({ only: null, batches: [16], torch: false });
    expect(without.flatMap(({ cells }) => cells).some(({ engine }) => engine === 'pytorch')).toBe(
      false,
    );
  });

  it('keeps what --only names: engines and backends both have to agree', () => {
    const some = benchGroups({ only: parseOnly('ours,jax-js,webgpu'), batches: [16], torch: true });
    expect(some.flatMap(({ cells }) => cells.map((c) => `${c.engine} ${c.backend}`))).toEqual([
      'ours webgpu',
      'jax-js webgpu',
    ]);
    expect(() => parseOnly('ours,metal')).toThrow(/does not know metal/);
  });
});

describe('ratios', () => {
  const rows = [
    row({ trainMs: 30 }),
    row({ threads: 2, trainMs: 16, sampleRatio: 1.1 }),
    row({ engine: 'tfjs', threads: 2, trainMs: 800, variant: 'im2col' }),
    row({ engine: 'tfjs', threads: 2, trainMs: 320 }),
    row({ engine: 'jax-js', threads: 2, trainMs: 1600 }),
    row({ engine: 'pytorch', backend: 'cpu', threads: 2, trainMs: 20 }),
    row({ engine: 'ours', threads: 2, batch: 64, trainMs: 60 }),
    row({ backend: 'webgpu', trainMs: 500, dispatches: 140, jsMs: 7 }),
    row({ engine: 'tf.layers', backend: 'webgpu', trainMs: 5000 }),
  ];
  const value = (name: string, batch = 16) =>
    ratios(rows).find((r) => r.name === name && r.batch === batch)?.value;

  it('divides rows of equal threads and batch', () => {
    expect(value('wasm, two threads: stock tfjs (im2col) ÷ ours')).toBe(50);
    expect(value('wasm, two threads: stock tfjs (this book’s gradients) ÷ ours')).toBe(20);
    expect(value('wasm, two threads: jax-js ÷ ours')).toBe(100);
    expect(value('wasm, two threads: ours ÷ PyTorch')).toBe(0.8);
    expect(value('webgpu: tf.layers ÷ ours')).toBe(10);
    expect(value('webgpu: dispatches per training step')).toBe(140);
    expect(value('wasm: 50-step DDIM ÷ 50 forward passes')).toBe(1.1);
  });

  it('has no value where a row is missing', () => {
    expect(value('wasm, one thread: ours ÷ PyTorch')).toBeNull();
    expect(value('webgpu: jax-js ÷ ours')).toBeNull();
    expect(value('wasm, two threads: stock tfjs (im2col) ÷ ours', 64)).toBeNull();
  });

  it('prints a line for each measured one, and a table line for each row', () => {
    const text = printRatios(ratios(rows));
    expect(text).toMatch(/jax-js ÷ ours +batch 16 +100 +asked ≥ 80/);
    expect(text).not.toContain('PyTorch  batch 64');
    const lines = printTable(rows).split('\n');
    expect(lines).toHaveLength(rows.length + 1);
    expect(new Set(lines.map((line) => line.length)).size).toBe(1);
  });
});

describe('recorded results', () => {
  it.each(globSync('bench/results/*.json'))('%s holds rows of the documented form', (file) => {
    const { rows, date, machine, ratios: kept } = JSON.parse(readFileSync(file, 'utf8'));
    expect(Date.parse(date)).not.toBeNaN();
    expect(machine.cores).toBeGreaterThan(0);
    expect(rows.length).toBeGreaterThan(0);
    for (const r of rows as BenchRow[]) {
      expect(BENCH_ENGINES).toContain(r.engine);
      expect(BENCH_BACKENDS).toContain(r.backend);
      expect(r.model).toBe(BENCH_MODEL_NAME);
      expect(r.parameters).toBe(BENCH_PARAMETERS);
      expect(r.min).toBeLessThanOrEqual(r.trainMs);
      expect(r.trainMs).toBeLessThanOrEqual(r.max);
      expect(r.forwardMs).toBeGreaterThan(0);
      // GFLOP/s belong to the median: three digits.
      expect(r.gflops / (stepFlops(r.batch) / r.trainMs / 1e6)).toBeCloseTo(1, 1);
      expect(r.dispatches === null).toBe(r.backend !== 'webgpu');
    }
    // Every engine that starts from the shared weights computes the same losses.
    const comparable = (rows as BenchRow[]).filter(({ losses }) => losses.length === 3);
    for (const batch of new Set(comparable.map((r) => r.batch))) {
      const same = comparable.filter((r) => r.batch === batch);
      for (const r of same)
        r.losses.forEach((loss, i) => {
          expect(loss / same[0].losses[i], `${r.engine} ${r.backend}, step ${i + 1}`).toBeCloseTo(
            1,
            3,
          );
        });
    }
    expect(ratios(rows)).toEqual(kept);
  });
});
