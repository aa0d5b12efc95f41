/** The wasm engine on graphs of every kind of node: outputs and gradients against float64 loops and their differences. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Builder, buildGraph } from '../../src/lib/tensor/graph/build.ts';
import type { Graph, Value } from '../../src/lib/tensor/graph/node.ts';
import { createPlan } from '../../src/lib/tensor/kernels/wasm/plan.ts';
import { mlp } from '../../src/lib/tensor/networks/mlp.ts';
import { unet } from '../../src/lib/tensor/networks/unet.ts';
import {
  difference,
  differences,
  outputsOf,
  problem,
  TOLERANCE,
  withWeights,
} from './graphProblem.ts';

const image = (b: Builder, size: number, c: number) => b.input('x', { h: size, w: size, c });

const GRAPHS: Record<string, Graph> = {
  'a UNet with classes': unet({
    ...{ kind: 'unet', imageSize: 4, channels: 1, base: 4, multipliers: [1, 2], groups: 2 },
    classes: 3,
  }),
  'a UNet of three colours, three levels': unet({
    ...{ kind: 'unet', imageSize: 4, channels: 3, base: 4, multipliers: [2, 1, 2], groups: 2 },
    classes: 0,
  }),
  'an MLP': mlp({ kind: 'mlp', inputs: 2, width: 8, layers: 2, classes: 3 }),
  'a classifier': buildGraph((b) => {
    const n1 = b.norm('n1', 4, 2);
    const n2 = b.norm('n2', 8, 2);
    const out = b.dense('out', 32, 10);
    let h = n1(b.conv('c1', 3, 1, 4)(image(b, 8, 1)));
    h = b.pool(n2(b.conv('c2', 3, 4, 8)(b.pool(h))));
    return out(b.reshape(h, { h: 1, w: 1, c: 32 }));
  }),
  'a decoder: a vector to images, doubled without a skip': buildGraph((b) => {
    const z = b.input('x', { h: 1, w: 1, c: 5 });
    let h = b.reshape(b.silu(b.dense('in', 5, 32)(z)), { h: 2, w: 2, c: 8 });
    h = b.norm('n1', 4, 2)(b.conv('c1', 3, 8, 4)(b.up(h)));
    return b.conv('c2', 3, 4, 3)(b.up(b.conv('c3', 1, 4, 4)(h)));
  }),
  'self-attention of two heads around which the images pass': buildGraph((b) => {
    const h = b.conv('c1', 3, 3, 8)(image(b, 5, 3));
    const qkv = b.conv('qkv', 1, 8, 24)(b.norm('n', 8, 2)(h));
    const y = b.conv('proj', 1, 8, 8)(b.attention(qkv, 2), { residual: h });
    return b.conv('out', 3, 8, 2)(y);
  }),
  'joins that are read twice, sums, and a join of what no convolution gives': buildGraph((b) => {
    const x = image(b, 4, 4);
    const a = b.conv('a', 3, 4, 8)(x);
    const c = b.conv('c', 1, 4, 4)(x);
    const both: Value = b.join(a, c);
    const sum = b.add(b.conv('d', 3, 12, 4)(both), b.conv('e', 1, 12, 4)(both));
    const joined = b.join(b.silu(sum), b.up(b.pool(c)));
    return b.add(b.conv('f', 1, 8, 4)(joined), b.silu(c));
  }),
};

const module = new WebAssembly.Module(readFileSync('src/lib/tensor/kernels/wasm/fn-simd.wasm'));

describe.each(Object.entries(GRAPHS))('%s', (_, graph) => {
  const batch = 3;
  const wanted = graph.nodes.flatMap((node) => (node.op === 'input' ? [node.from] : []));
  const { weights, values, labels, size, dOutput } = problem(graph, batch);
  const classes = graph.nodes.some(({ op }) => op === 'embed');
  const inputs = { values, ...(classes && { labels }) };

  const open = (asked?: string[]) => {
    const plan = createPlan(graph, { batch, module, shards: 2, group: 2, wanted: asked });
    return withWeights(plan, graph, weights);
  };

  const outputs = (w: typeof weights, v: typeof values) => outputsOf(graph, w, v, labels);

  /** Σ dOutput·output. */
  const dot = (w: typeof weights, v: typeof values) =>
    outputs(w, v).reduce((sum, y, i) => sum + y * dOutput[i], 0);

  it('has the outputs of the definitions', () => {
    const plan = open();
    expect(difference(plan.forward(inputs, 'raw'), outputs(weights, values))).toBeLessThan(
      TOLERANCE,
    );
    expect(size * batch).toBe(dOutput.length);
  });

  it('has the slopes of the definitions, for every weight and every input', () => {
    const plan = open(wanted);
    const found = plan.backward(inputs, dOutput);
    let offset = 0;
    for (const { name } of graph.specs) {
      const gradient = plan.state.gradient.slice(offset, offset + weights[name].length);
      offset += gradient.length;
      const scale = Math.max(1, ...gradient.map(Math.abs));
      for (const { i, slope } of differences(weights[name], (changed) =>
        dot({ ...weights, [name]: changed as never }, values),
      ))
        expect(Math.abs(gradient[i] - slope) / scale, `${name}[${i}]`).toBeLessThan(TOLERANCE);
    }
    for (const name of wanted) {
      const scale = Math.max(1, ...found[name].map(Math.abs));
      for (const { i, slope } of differences(values[name], (changed) =>
        dot(weights, { ...values, [name]: changed as never }),
      ))
        expect(Math.abs(found[name][i] - slope) / scale, `${name}[${i}]`).toBeLessThan(TOLERANCE);
    }
  });

  it('takes the same step by the seam as at one go', () => {
    const hyper = { step: 1, learningRate: 1e-2, emaDecay: 0.9, clipNorm: 1 };
    const [fused, seam] = [open(), open([])];
    const start = seam.state.params.slice();
    const target = problem(graph, batch).dOutput;
    const lossWeights = [1, 0.5, 2];
    const { gradNorm } = fused.trainStep({ ...inputs, target, weights: lossWeights }, hyper);
    // d/dy of mean_i weight_i · mean_k (y − target)².
    const y = seam.forward(inputs, 'raw');
    const gradient = y.map((v, n) => {
      const weight = lossWeights[Math.floor(n / size)];
      return (2 * weight * (v - target[n])) / (batch * size);
    });
    seam.backward(inputs, gradient);
    expect(difference(seam.state.gradient, fused.state.gradient)).toBeLessThan(TOLERANCE);
    expect(Math.abs(seam.update(hyper) / gradNorm - 1)).toBeLessThan(TOLERANCE);
    // Adam's first step is rate·g/(|g| + ε), whatever the size of g.
    const scale = Math.min(1, 1 / gradNorm);
    const expected = fused.state.gradient.map((_, n) => {
      const clipped = scale * seam.state.gradient[n];
      return start[n] - (0.01 * clipped) / (Math.abs(clipped) + 1e-8);
    });
    expect(difference(seam.state.params, expected)).toBeLessThan(1e-6);
  });
});
