/** The browser's UNet against the PyTorch twin, computed there in float64: outputs and every gradient, on each backend. */
import { tensor1d, tensor4d, tidy } from '@tensorflow/tfjs-core';
import { afterAll, describe, expect, it } from 'vitest';
import { readCheckpoint } from '../../src/lib/checkpoint/index.ts';
import { createNetwork } from '../../src/lib/tensor/network.ts';
import { setKernels } from '../../src/lib/tensor/ops/fused.ts';
import { countParameters, disposeParams, flatten, toTensors } from '../../src/lib/tensor/params.ts';
import { parseConfig } from '../../src/lib/tensor/recipes/diffusion/config.ts';
import benchUrl from '../fixtures/twin/bench.safetensors?url';
import smallUrl from '../fixtures/twin/small.safetensors?url';
import { BACKENDS, useBackend } from './support/backends.ts';
import { lossGradients } from './support/lossGradients.ts';

async function fixture(url: string) {
  const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
  const { config, tensors } = readCheckpoint(bytes, parseConfig);
  const network = createNetwork(config.model);
  const shape = tensors['fixture.x'].shape as [number, number, number, number];
  const conditioning = {
    t: tensors['fixture.t'].data,
    T: config.diffusion.T,
    labels: tensors['fixture.labels']?.data,
  };
  return { network, tensors, shape, conditioning, flat: flatten(network.specs, tensors) };
}

function worst(own: ArrayLike<number>, theirs: ArrayLike<number>): number {
  let max = 0;
  for (let i = 0; i < theirs.length; i++) max = Math.max(max, Math.abs(own[i] - theirs[i]));
  return max;
}

/** The stock ops on software adapters stand against cpu in gradients.test.ts and trainStep.test.ts already, and are slow. */
const cases = BACKENDS.flatMap((name) => {
  const kernels =
    name === 'webgl' || name === 'webgpu' ? ['ours' as const] : ['stock' as const, 'ours' as const];
  return kernels.map((one) => ({ name, kernels: one }));
});

describe.each(cases)('$name, $kernels kernels', ({ name, kernels }) => {
  afterAll(() => setKernels('ours'));

  // On software adapters the small one is enough: networks.test.ts holds every node there.
  it.skipIf(name === 'webgl' || name === 'webgpu')('answers like the bench model', async () => {
    await useBackend(name, kernels);
    const { network, tensors, shape, conditioning, flat } = await fixture(benchUrl);
    expect(countParameters(network.specs)).toBe(147_745);
    const params = toTensors(network.specs, flat);
    const output = tidy(() =>
      network.forward(params, tensor4d(tensors['fixture.x'].data, shape), conditioning),
    );
    expect(worst(await output.data(), tensors['fixture.output'].data)).toBeLessThan(1e-4);
    output.dispose();
    disposeParams(params);
  });

  it('answers like the small conditional model, with the same gradients', async () => {
    await useBackend(name, kernels);
    const { network, tensors, shape, conditioning, flat } = await fixture(smallUrl);
    const params = toTensors(network.specs, flat);
    const x = tensor4d(tensors['fixture.x'].data, shape);
    const target = tensor4d(tensors['fixture.target'].data, shape);
    const output = tidy(() => network.forward(params, x, conditioning));
    expect(worst(await output.data(), tensors['fixture.output'].data)).toBeLessThan(1e-4);
    const ones = tensor1d([1, 1]);
    const { loss, gradients } = lossGradients(network, params, x, conditioning, target, ones);
    expect(worst(await loss.data(), tensors['fixture.loss'].data)).toBeLessThan(1e-4);
    for (const [i, spec] of network.specs.entries()) {
      const theirs = tensors[`gradient.${spec.name}`].data;
      const scale = Math.max(1, ...theirs.map(Math.abs));
      expect(worst(await gradients[i].data(), theirs), spec.name).toBeLessThan(1e-4 * scale);
    }
    for (const t of [loss, ...gradients, ones, output, x, target]) t.dispose();
    disposeParams(params);
  });
});
