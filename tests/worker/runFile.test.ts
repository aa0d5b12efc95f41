import { describe, expect, it } from 'vitest';
import {
  CheckpointError,
  decodeSafetensors,
  encodeSafetensors,
} from '../../src/lib/checkpoint/index.ts';
import { createNetwork } from '../../src/lib/tensor/network.ts';
import { type FlatState, freshState } from '../../src/lib/tensor/optimizer.ts';
import { initialParameters } from '../../src/lib/tensor/params.ts';
import { defaultRun } from '../../src/lib/tensor/recipes/diffusion/defaults.ts';
import { checkRunConfig, runKey } from '../../src/lib/tensor/recipes/diffusion/run.ts';
import { decodeRun, encodeExport, encodeRun } from '../../src/lib/worker/runFile.ts';
import { saidOf } from '../said.ts';

const config = { ...defaultRun('bars'), seed: 3 };
const { specs } = createNetwork(config.model);

function state(): FlatState {
  const weights = initialParameters(specs, 3);
  const shifted = (by: number) => weights.map((w) => w + by);
  return { ...freshState(weights), step: 41, ema: shifted(0.1), m: shifted(0.2), v: shifted(0.3) };
}
const standing = () => ({ step: 41, modules: { network: state() } });
const history = { steps: [1, 2], losses: [1.5, 1.25], curves: {}, smoothed: 1.3, seconds: 7 };

function file(): Uint8Array<ArrayBuffer> {
  return encodeRun({ config, state: standing(), history, date: '2026-01-02T03:04:05Z' });
}

/** The file with its record changed. */
function tampered(change: (record: Record<string, unknown>) => void): Uint8Array {
  const { tensors, metadata } = decodeSafetensors(file());
  const record = JSON.parse(metadata.record);
  change(record);
  return encodeSafetensors(tensors, { ...metadata, record: JSON.stringify(record) });
}

describe('a run as a file', () => {
  it('comes back bit for bit', () => {
    const run = decodeRun(file());
    const { network } = run.state.modules;
    expect(run.config).toEqual(config);
    const { step, before: _, ...arrays } = state();
    expect([run.state.step, network.step]).toEqual([step, step]);
    for (const [name, values] of Object.entries(arrays)) {
      const back = network[name as 'weights'];
      // Not toEqual: it would print a hundred thousand numbers.
      expect(back.length, name).toBe(values.length);
      expect(
        back.every((value, i) => value === values[i]),
        name,
      ).toBe(true);
    }
    expect(run.history).toEqual(history);
    expect(run.date).toBe('2026-01-02T03:04:05Z');
  });

  it('is a checkpoint of its averaged weights when exported, in 16 bits', () => {
    const bytes = encodeExport(config, standing(), { steps: 41 });
    const run = decodeRun(bytes);
    // The count of its steps goes on; the optimiser, whose moments were not exported, begins anew.
    expect(run.state).toMatchObject({ step: 41, modules: { network: { step: 41, before: 41 } } });
    expect(run.record).toEqual({ run: config, steps: 41 });
    expect(run.config).toEqual(config);
    const { ema } = state();
    const worst = Math.max(
      ...run.state.modules.network.weights.map((w, i) => Math.abs(w - ema[i])),
    );
    expect(worst).toBeLessThan(1e-3);
    expect(worst).toBeGreaterThan(0);
  });

  it('goes on from exported weights beyond their target, and where they had none, without one', () => {
    const target = (steps: number, at: number) =>
      decodeRun(encodeExport({ ...config, steps }, standing(), { steps: at })).config.steps;
    expect([target(50, 41), target(0, 41)]).toEqual([50, 0]);
    expect([target(41, 41), target(41, 4000)]).toEqual([4000, 8000]);
  });

  it.each([
    [
      'a negative step',
      (record: Record<string, unknown>) => (record.steps = -1),
      /number of steps/,
    ],
    [
      'a step that is text',
      (record: Record<string, unknown>) => (record.steps = '7'),
      /number of steps/,
    ],
    [
      'a learning rate that is none',
      (record: Record<string, unknown>) =>
        ((record.run as { learningRate: unknown }).learningRate = 'fast'),
      /learningRate/,
    ],
  ])('is refused with %s', (_, change, message) => {
    expect(saidOf(() => decodeRun(tampered(change)))).toMatch(message);
  });

  it('is refused when truncated, or when a moment has another size', () => {
    expect(() => decodeRun(file().slice(0, 5000))).toThrow(CheckpointError);
    const { tensors, metadata } = decodeSafetensors(file());
    tensors['run.m'] = { dtype: 'F32', shape: [3], data: new Float32Array(3) };
    expect(saidOf(() => decodeRun(encodeSafetensors(tensors, metadata)))).toMatch(/run\.m/);
  });
});

describe('a run config', () => {
  it('keeps its key when only the machine changes, and changes it with the maths', () => {
    const key = runKey(config);
    expect(runKey({ ...config, backend: 'cpu', kernels: 'stock', steps: 9 })).toBe(key);
    for (const change of [
      { seed: 4 },
      { learningRate: 1e-3 },
      { bug: 'noClip' as const },
      { batchSize: 8 },
    ])
      expect(runKey({ ...config, ...change })).not.toBe(key);
  });

  it.each([
    ['batchSize', 0],
    ['batchSize', 2.5],
    ['learningRate', Number.NaN],
    ['emaDecay', 1],
    ['seed', -1],
    ['backend', 'cuda'],
    ['weighting', 'none'],
    ['bug', 'toString'],
    ['dataset', 'faces'],
  ])('is refused with %s = %s, by name', (key, value) => {
    expect(() => checkRunConfig({ ...config, [key]: value })).toThrow(key);
  });
});
