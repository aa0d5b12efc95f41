/** Our WebGPU kernels, op by op, against the stock ops of the cpu backend: odd shapes, values and gradients. */
import { backend } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasFused, setKernels } from '../../src/lib/tensor/ops/fused.ts';
import { useBackend } from './support/backends.ts';
import { CASES, run, worstError } from './support/kernelCases.ts';

describe('WebGPU kernels', () => {
  const reference = new Map<string, Float32Array[]>();
  const errors: string[] = [];

  beforeAll(async () => {
    await useBackend('cpu');
    for (const one of CASES) reference.set(one.name, await run(one));
    await useBackend('webgpu', 'ours');
    // An invalid shader or binding is only reported here; the device goes on with zeros.
    const { device } = backend() as unknown as { device: GPUDevice };
    device.addEventListener('uncapturederror', ({ error }) => {
      errors.push(error.message);
      console.error(error.message);
    });
  });

  afterAll(() => setKernels('ours'));

  it('are registered', () => {
    for (const name of ['FN_Conv2D', 'FN_Conv2DBackFilter', 'FN_GroupNormSiluGrad'] as const)
      expect(hasFused(name)).toBe(true);
  });

  it.each(CASES)('$name agrees with the cpu backend', async (one) => {
    const found = await run(one);
    const expected = reference.get(one.name)!;
    expect(found.length).toBe(expected.length);
    found.forEach((values, i) => {
      expect(worstError(values, expected[i]), `output ${i}`).toBeLessThan(2e-5);
    });
  });

  it('bring no error from the device', () => expect(errors).toEqual([]));
});
