/** An engine's modules against PyTorch and against differences of their own outputs, on the cases of networkCases.ts. */
import { getBackend } from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { createRng } from '../../../src/lib/math/numerics/rng.ts';
import { ADAM } from '../../../src/lib/tensor/adam.ts';
import type { Graph } from '../../../src/lib/tensor/graph/node.ts';
import type { Module, ModuleInputs, OpenModule } from '../../../src/lib/tensor/module.ts';
import { freshState } from '../../../src/lib/tensor/optimizer.ts';
import { countParameters, unflatten } from '../../../src/lib/tensor/params.ts';
import { worstError } from './kernelCases.ts';
import type { NetworkCase } from './networkCases.ts';

async function withModule<T>(
  open: OpenModule,
  { name, graph, batch, inputs }: NetworkCase,
  weights: Float32Array<ArrayBuffer>,
  work: (module: Module) => Promise<T>,
): Promise<T> {
  const module = await open(graph, freshState(weights), batch, Object.keys(inputs.values));
  if (!module) throw new Error(`The engine does not take "${name}".`);
  try {
    return await work(module);
  } finally {
    module.dispose();
  }
}

/** Adam's first moment of a first step that is not clipped is (1 − β₁)·gradient. */
async function collected(module: Module): Promise<Float32Array> {
  await module.update({ step: 1, learningRate: 0, emaDecay: 0, clipNorm: 0 });
  const { m } = await module.store.read();
  return m.map((value) => value / (1 - ADAM.beta1));
}

/**
 * Float32 through a dozen layers: some 2^-24 of the largest number for each; sums of a few hundred products, and the small
 * differences that a normalisation leaves, cost the rest. A GPU's sine is right to 2^-11 only (WGSL, "accuracy of
 * built-in functions"), and the gradient doubles that of twice the angle.
 */
const toleranceOf = ({ nodes }: Graph) =>
  getBackend().startsWith('web') && nodes.some(({ op }) => op === 'waves') ? 2 ** -10 : 2e-5;

/** A step that leaves half of float32's digits in the difference. */
const STEP = 2 ** -6;

/** Arrays by name, moved by h along one direction. */
type Arrays = Record<string, Float32Array>;
type Loss = { sum: number; size: number };

/**
 * Outputs and gradients (of parameters and of all inputs) as PyTorch has them, and the gradients against central differences
 * of Σ dOutput·output along a random direction: of each array where that is quick, else of all weights together and of all
 * inputs together.
 */
export async function agrees(
  open: OpenModule,
  one: NetworkCase,
  eachArray: boolean,
): Promise<void> {
  const { expected, graph, inputs, weights, dOutput, name } = one;
  expect(Object.keys(expected.parameters).sort()).toEqual(graph.specs.map((s) => s.name).sort());
  expect(Object.keys(expected.inputs).sort()).toEqual(Object.keys(inputs.values).sort());
  const expectClose = (found: Float32Array, values: number[], what: string) =>
    expect(worstError(found, values), what).toBeLessThan(toleranceOf(graph));

  const loss = async (module: Module, given: ModuleInputs): Promise<Loss> => {
    const terms = Float64Array.from(await module.forward(given), (y, i) => y * dOutput[i]);
    return { sum: terms.reduce((a, b) => a + b, 0), size: Math.hypot(...terms) };
  };
  const rng = createRng(name);
  async function slopesAgree(analytic: Arrays, at: (add: (to: Arrays) => Arrays) => Promise<Loss>) {
    const names = Object.keys(analytic);
    for (const moved of eachArray ? names.map((each) => [each]) : [names]) {
      const size = moved.reduce((sum, each) => sum + analytic[each].length, 0);
      const along = moved.map((each) =>
        rng.fillNormal(new Float64Array(analytic[each].length)).map((d) => d / Math.sqrt(size)),
      );
      const slope = moved.reduce(
        (sum, each, k) => sum + along[k].reduce((s, d, i) => s + d * analytic[each][i], 0),
        0,
      );
      const by = (h: number) => (to: Arrays) => ({
        ...to,
        ...Object.fromEntries(
          moved.map((each, k) => [each, to[each].map((value, i) => value + h * along[k][i])]),
        ),
      });
      const [up, down] = [await at(by(STEP)), await at(by(-STEP))];
      const difference = (up.sum - down.sum) / (2 * STEP);
      const gradient = Math.hypot(...moved.map((each) => Math.hypot(...analytic[each])));
      // Float32 outputs are right to some 2^-22; the third derivative costs a few thousandths of the slope.
      expect(Math.abs(difference - slope), `${moved}: ${slope} against ${difference}`).toBeLessThan(
        (2 ** -22 * up.size) / STEP + (5e-3 * gradient) / Math.sqrt(size),
      );
    }
  }

  const dWeights = await withModule(open, one, weights, async (module) => {
    expectClose(Float32Array.from(await module.forward(inputs)), expected.output, 'output');
    const dInputs = await module.backward(dOutput);
    for (const [of, values] of Object.entries(expected.inputs))
      expectClose(dInputs[of], values, `d ${of}`);
    await slopesAgree(dInputs, (add) => loss(module, { ...inputs, values: add(inputs.values) }));
    return unflatten(graph.specs, await collected(module));
  });
  for (const [of, values] of Object.entries(expected.parameters))
    expectClose(dWeights[of], values, `d ${of}`);
  await slopesAgree(dWeights, (add) => {
    const flat = new Float32Array(countParameters(graph.specs));
    const parts = unflatten(graph.specs, flat);
    for (const [of, values] of Object.entries(add(unflatten(graph.specs, weights))))
      parts[of].set(values);
    return withModule(open, one, flat, (module) => loss(module, inputs));
  });
}

/** Gradients of two batches are added up until an update, whose clipping sees their sum; then they begin anew. */
export function collectsUntilUpdate(open: OpenModule, one: NetworkCase): Promise<void> {
  const { inputs, weights, dOutput, graph, expected } = one;
  const gradient = graph.specs.flatMap(({ name }) => expected.parameters[name]);
  const norm = Math.hypot(...gradient);
  return withModule(open, one, weights, async (module) => {
    const still = { learningRate: 0, emaDecay: 0 };
    for (const dy of [dOutput, dOutput.map((d) => d / 2)]) {
      await module.forward(inputs);
      await module.backward(dy);
    }
    const first = await module.update({ ...still, step: 1, clipNorm: 1 });
    expect(first / (1.5 * norm)).toBeCloseTo(1, 4);
    await module.forward(inputs);
    await module.backward(dOutput);
    const second = await module.update({ ...still, step: 2, clipNorm: 0 });
    expect(second / norm).toBeCloseTo(1, 4);
    const { m, step } = await module.store.read();
    const { beta1 } = ADAM;
    // 1.5·gradient, cut to length 1, is gradient/norm.
    const moments = gradient.map((g) => (1 - beta1) * ((beta1 * g) / norm + g));
    expect(worstError(m, moments)).toBeLessThan(toleranceOf(graph));
    expect(step).toBe(2);
  });
}

/** Fewer images than a batch, alone, are answered as among the others. */
export function answersOneImage(open: OpenModule, one: NetworkCase): Promise<void> {
  const { inputs, batch, weights, expected, graph } = one;
  const alone = (values: Float32Array) => values.slice(0, values.length / batch);
  return withModule(open, one, weights, async (module) => {
    const values = Object.entries(inputs.values).map(([name, all]) => [name, alone(all)]);
    const labels = inputs.labels && [inputs.labels[0]];
    const found = await module.forward({ values: Object.fromEntries(values), labels });
    const first = expected.output.slice(0, expected.output.length / batch);
    expect(worstError(found, first)).toBeLessThan(toleranceOf(graph));
  });
}
