/** Our WebGL programs, op by op, against the stock ops of the cpu backend: odd shapes, values and gradients. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasFused, setKernels } from '../../src/lib/tensor/ops/fused.ts';
import { useBackend } from './support/backends.ts';
import { CASES, finiteDifference, run, worstError } from './support/kernelCases.ts';

describe('WebGL kernels', () => {
  const reference = new Map<string, Float32Array[]>();

  beforeAll(async () => {
    await useBackend('cpu');
    for (const one of CASES) reference.set(one.name, await run(one));
    await useBackend('webgl', 'ours');
  }, 120_000);

  afterAll(() => setKernels('ours'));

  it('are registered', () => {
    for (const name of ['FN_Conv2DBackFilter', 'FN_GroupNormSilu', 'FN_GroupNormSiluGrad'] as const)
      expect(hasFused(name)).toBe(true);
  });

  it.each(CASES)('$name agrees with the cpu backend', async (one) => {
    const found = await run(one);
    const expected = reference.get(one.name)!;
    expect(found.length).toBe(expected.length);
    found.forEach((values, i) => {
      expect(worstError(values, expected[i]), `output ${i}`).toBeLessThan(3e-5);
    });
  });

  it.each(CASES.filter(({ small }) => small))('$name by finite differences', async (one) => {
    for (const { slope, gradient } of await finiteDifference(one))
      expect(Math.abs(slope - gradient)).toBeLessThan(2e-2 * Math.max(1, Math.abs(gradient)));
  });
});
