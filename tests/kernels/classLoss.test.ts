/** The whole step under cross-entropy on the wasm engine, against float64 loops, their differences, and the seam. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { crossEntropy } from '../../src/lib/math/objectives/crossEntropy.ts';
import { buildGraph } from '../../src/lib/tensor/graph/build.ts';
import { createPlan, type PlanOptions } from '../../src/lib/tensor/kernels/wasm/plan.ts';
import { classifier } from '../../src/lib/tensor/networks/classifier.ts';
import { unet } from '../../src/lib/tensor/networks/unet.ts';
import {
  difference,
  differences,
  outputsOf,
  problem,
  TOLERANCE,
  withWeights,
} from './graphProblem.ts';

const module = new WebAssembly.Module(readFileSync('src/lib/tensor/kernels/wasm/fn-simd.wasm'));
const hyper = { step: 1, learningRate: 1e-2, emaDecay: 0.9, clipNorm: 1 };
const batch = 5;
/** Not the same for all, and none of them 1. */
const lossWeights = [0.5, 2, 1.5, 0.25, 3];

describe.each([3, 10])('%i classes', (classes) => {
  const graph = classifier({ imageSize: 8, channels: 1, classes, base: 4, groups: 2 });
  const { weights, values } = problem(graph, batch);
  const labels = Int32Array.from([classes - 1, 0, 1, classes - 1, 2]);
  const open = (options: Partial<PlanOptions> = {}) =>
    withWeights(
      createPlan(graph, { batch, module, shards: 2, group: 2, loss: 'crossEntropy', ...options }),
      graph,
      weights,
    );
  const given = { values, labels, weights: lossWeights };

  const lossesOf = (w: typeof weights) => {
    const logits = outputsOf(graph, w, values, labels);
    return Array.from(labels, (label, i) => {
      const { loss } = crossEntropy(logits.slice(i * classes, (i + 1) * classes), label);
      return loss;
    });
  };
  const mean = (errors: ArrayLike<number>) =>
    lossWeights.reduce((sum, weight, i) => sum + weight * errors[i], 0) / batch;

  it('gives each image’s cross-entropy, their weighted mean, and the logits', () => {
    const { errors, loss, output } = open().trainStep(given, hyper);
    expect(difference(errors, lossesOf(weights))).toBeLessThan(TOLERANCE);
    expect(Math.abs(loss - mean(lossesOf(weights)))).toBeLessThan(TOLERANCE * Math.abs(loss));
    expect(
      difference(output as Float32Array, outputsOf(graph, weights, values, labels)),
    ).toBeLessThan(TOLERANCE);
  });

  it('has the slopes of the definition, for every layer', () => {
    const plan = open();
    plan.trainStep(given, hyper);
    let offset = 0;
    for (const { name } of graph.specs) {
      const gradient = plan.state.gradient.slice(offset, offset + weights[name].length);
      offset += gradient.length;
      const scale = Math.max(1, ...gradient.map(Math.abs));
      for (const { i, slope } of differences(weights[name], (changed) =>
        mean(lossesOf({ ...weights, [name]: changed as never })),
      ))
        expect(Math.abs(gradient[i] - slope) / scale, `${name}[${i}]`).toBeLessThan(TOLERANCE);
    }
  });

  it('takes the step of the seam with the gradient of the formula', () => {
    const [fused, seam] = [open(), open({ wanted: [] })];
    const { gradNorm, output } = fused.trainStep(given, hyper);
    const logits = seam.forward({ values }, 'raw');
    expect(logits).toEqual(output);
    const dOutput = new Float32Array(logits.length);
    lossWeights.forEach((weight, i) => {
      const at = i * classes;
      const { gradient } = crossEntropy(logits.subarray(at, at + classes), labels[i]);
      dOutput.set(
        gradient.map((g) => (weight * g) / batch),
        at,
      );
    });
    seam.backward({ values }, dOutput);
    expect(difference(seam.state.gradient, fused.state.gradient)).toBeLessThan(TOLERANCE);
    expect(Math.abs(seam.update(hyper) / gradNorm - 1)).toBeLessThan(TOLERANCE);
    // Adam divides each gradient by its own size: where that is next to nothing, rounding counts.
    expect(difference(seam.state.params, fused.state.params)).toBeLessThan(1e-3);
  });

  it('does not depend on how its images are grouped', () => {
    const whole = open({ group: 1, shards: 2 });
    const pairs = open({ group: 3, shards: 2 });
    expect(pairs.trainStep(given, hyper)).toEqual(whole.trainStep(given, hyper));
    expect(pairs.state.params).toEqual(whole.state.params);
  });

  it('refuses a label that is no class, before anything is computed', () => {
    const plan = open();
    for (const label of [-1, classes, Number.NaN])
      expect(() => plan.trainStep({ ...given, labels: [0, 1, label, 2, 0] }, hyper)).toThrow(
        RangeError,
      );
    expect(() => plan.trainStep({ values, weights: lossWeights }, hyper)).toThrow(TypeError);
    expect(plan.state.m.every((value) => value === 0)).toBe(true);
  });
});

it('refuses a network that has no logits, or is told the labels', () => {
  const images = unet({
    ...{ kind: 'unet', imageSize: 4, channels: 1, base: 4, multipliers: [1, 2], groups: 2 },
    classes: 0,
  });
  expect(() => createPlan(images, { batch, module, loss: 'crossEntropy' })).toThrow(/no vector/);
  const told = buildGraph((b) => b.embedding('table', 3, 4)(b.input('x', { h: 1, w: 1, c: 4 })));
  expect(() => createPlan(told, { batch, module, loss: 'crossEntropy' })).toThrow(/labels/);
});
