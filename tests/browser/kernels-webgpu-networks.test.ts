/** Recorded networks of every kind: against PyTorch, against differences, and in batches of other sizes than the usual one. */
import { backend, memory } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Graph } from '../../src/lib/tensor/graph/node.ts';
import { openModule } from '../../src/lib/tensor/kernels/webgpu/module.ts';
import type { Module, ModuleInputs } from '../../src/lib/tensor/module.ts';
import { setKernels } from '../../src/lib/tensor/ops/fused.ts';
import { freshState } from '../../src/lib/tensor/optimizer.ts';
import { useBackend } from './support/backends.ts';
import { worstError } from './support/kernelCases.ts';
import { NETWORK_CASES } from './support/networkCases.ts';
import { agrees } from './support/networkChecks.ts';

const errors: string[] = [];
beforeAll(async () => {
  await useBackend('webgpu', 'ours');
  const { device } = backend() as unknown as { device: GPUDevice };
  device.addEventListener('uncapturederror', ({ error }) => void errors.push(error.message));
});
afterAll(() => {
  expect(errors).toEqual([]);
  setKernels('ours');
});

it.each(NETWORK_CASES)('$name, recorded, answers as PyTorch, with its gradients', async (one) => {
  const before = memory().numTensors;
  await agrees(openModule, one, false);
  expect(memory().numTensors).toBe(before);
});

describe('the seam', () => {
  const { graph, inputs, weights, dOutput, batch } = NETWORK_CASES.find(
    ({ name }) => name === 'mlp',
  )!;
  const hyper = { step: 1, learningRate: 0, emaDecay: 0, clipNorm: 0 };
  const open = async (size: number, wanted: string[] = []) =>
    (await openModule(graph, freshState(weights), size, wanted)) as Module;
  const gradient = async (module: Module) => {
    const norm = await module.update(hyper);
    const { m } = await module.store.read();
    return { norm, m };
  };
  const twice = (values: Float32Array) => Float32Array.from([...values, ...values]);

  it('adds up several ways back, begins again after an update, and moves nothing without one', async () => {
    const module = await open(batch);
    await module.forward(inputs);
    expect(await module.backward(dOutput)).toEqual({});
    const once = await gradient(module);
    expect(once.norm).toBeGreaterThan(0);
    module.dispose();

    const other = await open(batch, ['x']);
    await other.forward(inputs);
    const [first] = [await other.backward(dOutput), await other.backward(dOutput)];
    // A way back leaves what the next one reads.
    expect(await other.backward(dOutput)).toEqual(first);
    const thrice = await gradient(other);
    expect(thrice.norm / once.norm).toBeCloseTo(3, 5);
    expect(
      worstError(
        thrice.m,
        once.m.map((value) => 3 * value),
      ),
    ).toBeLessThan(1e-6);
    expect(await other.update({ ...hyper, step: 2 })).toBe(0);
    other.dispose();
  });

  it('a batch in pieces gives what it gives whole', async () => {
    const values = Object.fromEntries(
      Object.entries(inputs.values).map(([name, each]) => [name, twice(each)]),
    );
    const known = Array.from(inputs.labels ?? []);
    const labels = [...known, ...known];
    const follow = async (size: number) => {
      const module = await open(size, ['x']);
      const given: ModuleInputs = { values, labels };
      const output = Float32Array.from(await module.forward(given));
      const { x } = await module.backward(twice(dOutput));
      const { m } = await gradient(module);
      module.dispose();
      return { output, x, m };
    };
    const whole = await follow(2 * batch);
    const pieces = await follow(2 * batch - 1);
    for (const what of ['output', 'x', 'm'] as const)
      expect(worstError(pieces[what], whole[what]), what).toBeLessThan(1e-6);
  });

  it('says what is wrong with what it is given', async () => {
    const module = await open(batch);
    const short = { ...inputs.values, x: inputs.values.x.subarray(1) };
    await expect(module.forward({ values: short })).rejects.toThrow('"x" should have 2 numbers');
    await module.forward(inputs);
    await expect(module.backward(dOutput.subarray(1))).rejects.toThrow('gradient of the output');
    module.dispose();
    const refused: Graph = { ...graph, specs: graph.specs.slice(1) };
    expect(await openModule(refused, freshState(weights), batch)).toBeNull();
  });
});
