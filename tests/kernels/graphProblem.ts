/** A graph with random weights and inputs, its outputs in float64, and their differences: what compiled engines are held against. */
import { expect } from 'vitest';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import type { Graph } from '../../src/lib/tensor/graph/node.ts';
import { sizeOfShape } from '../../src/lib/tensor/graph/node.ts';
import type { Plan } from '../../src/lib/tensor/kernels/wasm/plan.ts';
import { reference } from './reference.ts';

/** float32 over a few hundred products, and differences of step 1e-4 in float64 (error about 1e-8). */
export const TOLERANCE = 2e-5;

type Weights = Record<string, Float32Array>;

export function problem(graph: Graph, batch: number) {
  const rng = createRng(11);
  const random = (n: number) => rng.fillNormal(new Float32Array(n));
  const weights = Object.fromEntries(
    graph.specs.map(({ name, shape, init }) => {
      const values = random(shape.reduce((a, b) => a * b, 1)).map((v) => 0.4 * v);
      return [name, init === 'ones' ? values.map((v) => 1 + v) : values];
    }),
  );
  const values: Record<string, Float32Array> = {};
  for (const node of graph.nodes)
    if (node.op === 'input') values[node.from] = random(batch * sizeOfShape(node.shape));
  const size = sizeOfShape(graph.nodes[graph.output].shape);
  const labels = Int32Array.from({ length: batch }, (_, i) => i % 3);
  return { weights, values, labels, size, dOutput: random(batch * size) };
}

/** Largest difference, relative to the largest value. */
export function difference(found: Float32Array, expected: ArrayLike<number>): number {
  expect(found.length).toBe(expected.length);
  const scale = Array.from(expected).reduce((most, v) => Math.max(most, Math.abs(v)), 1e-3);
  return found.reduce((most, v, i) => Math.max(most, Math.abs(v - expected[i])), 0) / scale;
}

/** The plan with these weights. */
export function withWeights(plan: Plan, { specs }: Graph, weights: Weights): Plan {
  let offset = 0;
  for (const { name } of specs) {
    plan.state.params.set(weights[name], offset);
    offset += weights[name].length;
  }
  plan.changed();
  return plan;
}

/** By the definitions, in float64, for each image of a batch. */
export const outputsOf = (graph: Graph, weights: Weights, values: Weights, labels: Int32Array) =>
  Array.from(labels, (label, i) => {
    const own = Object.fromEntries(
      Object.entries(values).map(([name, all]) => {
        const n = all.length / labels.length;
        return [name, all.subarray(i * n, (i + 1) * n)];
      }),
    );
    return [...reference(graph, weights, own, label)];
  }).flat();

/** Central differences at some places of an array. */
export function differences(array: ArrayLike<number>, of: (changed: Float64Array) => number) {
  const step = 1e-4;
  const places = Array.from({ length: array.length }, (_, i) => i).filter(
    (i) => array.length <= 12 || i % Math.ceil(array.length / 12) === 0,
  );
  return places.map((i) => {
    const at = (change: number) => {
      const changed = Float64Array.from(array);
      changed[i] += change;
      return of(changed);
    };
    return { i, slope: (at(step) - at(-step)) / (2 * step) };
  });
}
