/** Each kind of node and small networks of all kinds, op by op on each backend: against PyTorch and against differences. */
import { memory } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openOpModule } from '../../src/lib/tensor/engines/ops/module.ts';
import { setKernels } from '../../src/lib/tensor/ops/fused.ts';
import { BACKENDS, useBackend } from './support/backends.ts';
import { NETWORK_CASES } from './support/networkCases.ts';
import { agreesWithDifferences, agreesWithPyTorch } from './support/networkChecks.ts';

/** The stock ops on software adapters are slow, and the same code as on cpu. */
const ways = [
  ...BACKENDS.map((name) => ({ name, kernels: name === 'cpu' ? 'stock' : 'ours' }) as const),
  { name: 'wasm', kernels: 'stock' } as const,
];

describe.each(ways)('$name, $kernels kernels', ({ name, kernels }) => {
  const eachArray = name === 'cpu' || name === 'wasm';
  beforeAll(() => useBackend(name, kernels));
  afterAll(() => setKernels('ours'));

  it.each(NETWORK_CASES)('$name answers and has gradients as PyTorch', async (one) => {
    const before = memory().numTensors;
    await agreesWithPyTorch(openOpModule, one);
    expect(memory().numTensors).toBe(before);
  });

  it.each(NETWORK_CASES)('$name has the gradients of its own differences', (one) =>
    agreesWithDifferences(openOpModule, one, eachArray),
  );
});
