/** The network's gradients on each backend: against central differences, and against the cpu backend. */
import { tidy } from '@tensorflow/tfjs-core';
import { afterAll, describe, expect, it } from 'vitest';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { setKernels } from '../../src/lib/tensor/ops/fused.ts';
import {
  countParameters,
  disposeParams,
  type ParamSpec,
  toTensors,
} from '../../src/lib/tensor/params.ts';
import { BACKENDS, useBackend } from './support/backends.ts';
import { tinyProblem } from './support/tinyNet.ts';

const SEED = 7;

/** All gradients as arrays, in the order of the specs. */
async function gradientsNow(): Promise<Float32Array[]> {
  const { loss, tensors } = tinyProblem(SEED);
  const { gradients } = tidy(() => loss(tensors()));
  const arrays = await Promise.all(gradients.map(async (g) => Float32Array.from(await g.data())));
  for (const g of gradients) g.dispose();
  return arrays;
}

/** Where a tensor lies in flat storage. */
function rangeOf(specs: ParamSpec[], name: string): number[] {
  const index = specs.findIndex((spec) => spec.name === name);
  const from = countParameters(specs.slice(0, index));
  return [from, from + countParameters([specs[index]])];
}

async function lossAt(flat: Float32Array): Promise<number> {
  const { network, loss } = tinyProblem(SEED);
  const params = toTensors(network.specs, flat);
  const value = tidy(() => loss(params).loss);
  const [number] = await value.data();
  value.dispose();
  disposeParams(params);
  return number;
}

let reference: Float32Array[] | undefined;

describe.each(BACKENDS)('%s', (name) => {
  afterAll(() => setKernels('ours'));

  // Tensor by tensor where that is quick; on the GPU backends along whole-network directions.
  const perTensor = name === 'cpu' || name === 'wasm';

  it(`agrees with central differences along random directions ${perTensor ? 'of every parameter tensor' : 'of all parameters'}`, async () => {
    await useBackend(name);
    const { network, flat } = tinyProblem(SEED);
    const analytic = Float32Array.from((await gradientsNow()).flatMap((g) => [...g]));
    const rng = createRng(11);
    const h = 1e-2;
    const ranges = perTensor
      ? network.specs.map((spec) => ({
          label: spec.name,
          range: rangeOf(network.specs, spec.name),
        }))
      : [1, 2].map((i) => ({ label: `direction ${i}`, range: [0, flat.length] }));
    for (const { label, range } of ranges) {
      const [from, to] = range;
      const direction = rng.fillNormal(new Float64Array(to - from));
      const norm = Math.hypot(...direction);
      const unit = direction.map((d) => d / norm);
      const slope = unit.reduce((sum, d, k) => sum + d * analytic[from + k], 0);
      const shifted = (sign: number) => {
        const moved = flat.slice();
        for (let k = from; k < to; k++) moved[k] += sign * h * unit[k - from];
        return lossAt(moved);
      };
      const numeric = ((await shifted(1)) - (await shifted(-1))) / (2 * h);
      expect(Math.abs(numeric - slope), `${label}: ${slope} against ${numeric}`).toBeLessThan(
        1e-4 + 5e-3 * Math.abs(slope),
      );
    }
  });

  it('agrees with the cpu backend', async () => {
    await useBackend('cpu');
    reference ??= await gradientsNow();
    await useBackend(name);
    const own = await gradientsNow();
    for (const [i, g] of own.entries()) {
      const scale = Math.max(...reference[i].map(Math.abs));
      expect(scale).toBeGreaterThan(0);
      g.forEach((value, k) => {
        expect(Math.abs(value - reference![i][k])).toBeLessThan(1e-4 * Math.max(scale, 0.01));
      });
    }
  });
});
