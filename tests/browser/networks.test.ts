/** Each kind of node and small networks of all kinds, on each engine: against PyTorch and against their own differences. */
import { memory } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openOpModule } from '../../src/lib/tensor/engines/ops/module.ts';
import { openModule as openWasmModule } from '../../src/lib/tensor/kernels/wasm/module.ts';
import { setKernels } from '../../src/lib/tensor/ops/fused.ts';
import { freshState } from '../../src/lib/tensor/optimizer.ts';
import { BACKENDS, useBackend } from './support/backends.ts';
import { NETWORK_CASES } from './support/networkCases.ts';
import { agrees, answersOneImage, collectsUntilUpdate } from './support/networkChecks.ts';

/** The stock ops on software adapters are slow, and the same code as on cpu. */
const engines = [
  ...BACKENDS.map((name) => {
    const kernels = name === 'cpu' ? 'stock' : 'ours';
    return { engine: `${kernels} ops on ${name}`, name, kernels, open: openOpModule } as const;
  }),
  { engine: 'stock ops on wasm', name: 'wasm', kernels: 'stock', open: openOpModule } as const,
  { engine: 'the compiled wasm', name: 'wasm', kernels: 'ours', open: openWasmModule } as const,
];

/** What no compiled engine takes: a layer that is used twice. */
const TWICE = NETWORK_CASES.filter(({ name }) => name === 'shared');

describe.each(engines)('$engine', ({ name, kernels, open }) => {
  const compiled = open !== openOpModule;
  const cases = NETWORK_CASES.filter((one) => !compiled || !TWICE.includes(one));
  const eachArray = name === 'cpu' || name === 'wasm';
  beforeAll(() => useBackend(name, kernels));
  afterAll(() => setKernels('ours'));

  it.each(cases)('$name answers as PyTorch, with its gradients', async (one) => {
    const before = memory().numTensors;
    await agrees(open, one, eachArray);
    expect(memory().numTensors).toBe(before);
  });

  const whole = NETWORK_CASES.find((one) => one.name === 'classifier')!;

  it('answers fewer images than a batch', async () => {
    const before = memory().numTensors;
    await answersOneImage(open, whole);
    expect(memory().numTensors).toBe(before);
  });

  it('adds up the gradients of batches until an update', () => collectsUntilUpdate(open, whole));

  it.runIf(compiled)('leaves a layer that is used twice to the ops', async () => {
    const [{ graph, weights, batch }] = TWICE;
    expect(await open(graph, freshState(weights), batch)).toBeNull();
  });
});
