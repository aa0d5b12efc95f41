/** The network for points: against the same formulas in plain loops and float64, forward and backward, on the cpu backend. */
import '@tensorflow/tfjs-backend-cpu';
import { ready, setBackend, tensor, tensor1d, tensor4d, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { MlpConfig } from '../../src/lib/checkpoint/config.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { createNetwork } from '../../src/lib/tensor/network.ts';
import type { Params } from '../../src/lib/tensor/params.ts';
import { lossGradients } from '../browser/support/lossGradients.ts';

type Numbers = Record<string, Float64Array>;

const T = 50;
const TIMES = [1, 17, 50];
const LABELS = [0, 2, 1];
const BATCH = TIMES.length;

/** Every tensor from a normal law, those too that begin at 0: none may hide another. Held to float32, as the network's are. */
function randomParameters(config: MlpConfig): Numbers {
  const rng = createRng('mlp');
  return Object.fromEntries(
    createNetwork(config).specs.map(({ name, shape }) => {
      const values = new Float64Array(shape.reduce((a, b) => a * b, 1));
      return [name, Float64Array.from(Float32Array.from(values, () => 0.5 * rng.normal()))];
    }),
  );
}

const silu = (row: number[]) => row.map((v) => v / (1 + Math.exp(-v)));
const plus = (a: number[], b: number[]) => a.map((v, i) => v + b[i]);

/** One point through the network, by the formulas in the head of networks/mlp.ts. */
function reference(config: MlpConfig, p: Numbers, x: number[], t: number, label: number): number[] {
  const { width, layers, classes } = config;
  const dense = (name: string, row: number[]) => {
    const [weight, bias] = [p[`${name}.weight`], p[`${name}.bias`]];
    return Array.from(bias, (b, o) =>
      row.reduce((sum, v, i) => sum + v * weight[i * bias.length + o], b),
    );
  };
  const half = width / 2;
  const angles = Array.from({ length: half }, (_, k) => ((1000 * t) / T) * 10000 ** (-k / half));
  // The embedding is float32 data of the network; rounded here too.
  const waves = [...angles.map(Math.sin), ...angles.map(Math.cos)].map(Math.fround);
  let emb = dense('time.dense2', silu(dense('time.dense1', waves)));
  if (classes > 0)
    emb = plus(emb, [...p['class.embedding'].slice(label * width, (label + 1) * width)]);
  const features = [1, 2].flatMap((k) => [
    x.map((v) => Math.sin(k * v)),
    x.map((v) => Math.cos(k * v)),
  ]);
  let h = dense('in', [...x, ...features.flat()]);
  for (let i = 0; i < layers; i++) {
    const inner = plus(dense(`layers.${i}.dense1`, silu(h)), dense(`layers.${i}.time`, silu(emb)));
    h = plus(h, dense(`layers.${i}.dense2`, silu(inner)));
  }
  return dense('out', silu(h));
}

const configs: MlpConfig[] = [
  { kind: 'mlp', inputs: 2, width: 6, layers: 2, classes: 0 },
  { kind: 'mlp', inputs: 2, width: 4, layers: 1, classes: 3 },
  { kind: 'mlp', inputs: 3, width: 4, layers: 3, classes: 0 },
];

describe.each(configs)('a network of %j', (config) => {
  const parameters = randomParameters(config);
  const rng = createRng('points');
  const draw = () => Array.from({ length: config.inputs }, () => Math.fround(rng.normal()));
  const points = TIMES.map(draw);
  const targets = TIMES.map(draw);
  const network = createNetwork(config);
  const batchOf = (values: number[][]) => tensor4d(values.flat(), [BATCH, 1, 1, config.inputs]);
  const run = (params: Params, labels?: number[]) =>
    network.forward(params, batchOf(points), { t: TIMES, T, labels });
  const tensors = () =>
    Object.fromEntries(
      createNetwork(config).specs.map(({ name, shape }) => [
        name,
        tensor(Float32Array.from(parameters[name]), shape),
      ]),
    );
  const labelOf = (b: number) => (config.classes > 0 ? LABELS[b] : 0);
  const labels = config.classes > 0 ? LABELS : undefined;
  const lossAt = (p: Numbers) =>
    points.reduce((sum, x, b) => {
      const out = reference(config, p, x, TIMES[b], labelOf(b));
      return sum + out.reduce((s, v, i) => s + (v - targets[b][i]) ** 2, 0);
    }, 0) /
    (BATCH * config.inputs);

  beforeAll(async () => {
    await setBackend('cpu');
    await ready();
  });

  it('answers what the formulas say', () => {
    const out = tidy(() => run(tensors(), labels).arraySync()) as number[][][][];
    points.forEach((x, b) => {
      const expected = reference(config, parameters, x, TIMES[b], labelOf(b));
      const size = Math.max(1, ...expected.map(Math.abs));
      // Float32 sums of some dozen terms through a few layers: 2^-24 each.
      expected.forEach((value, i) => {
        expect(Math.abs(out[b][0][0][i] - value)).toBeLessThan(3e-6 * size);
      });
    });
  });

  it('has the gradient of its loss: central differences of every tensor', () => {
    const specs = createNetwork(config).specs;
    const found = tidy(() => {
      const params = tensors();
      const { gradients } = lossGradients(
        network,
        params,
        batchOf(points),
        { t: TIMES, T, labels },
        batchOf(targets),
        tensor1d(new Array(BATCH).fill(1)),
      );
      return gradients.map((gradient) => Array.from(gradient.dataSync()));
    });
    specs.forEach(({ name }, k) => {
      const scale = Math.max(...found[k].map(Math.abs));
      expect(scale, name).toBeGreaterThan(0);
      const values = parameters[name];
      // A few entries of each tensor, the last among them.
      for (let i = values.length - 1; i >= 0; i -= Math.max(1, Math.floor(values.length / 7))) {
        const difference = (h: number) => {
          const at = (by: number) =>
            lossAt({ ...parameters, [name]: values.map((v, j) => (j === i ? v + by : v)) });
          return (at(h) - at(-h)) / (2 * h);
        };
        // Float64 differences of step 1e-5 are right to 1e-9; the gradient itself is float32.
        expect(Math.abs(found[k][i] - difference(1e-5)), `${name}[${i}]`).toBeLessThan(
          2e-5 * scale + 1e-9,
        );
      }
    });
  });

  it('without labels answers for no class', () => {
    if (config.classes === 0) return;
    const [none, free] = tidy(() => [
      run(tensors()).dataSync(),
      run(tensors(), new Array(BATCH).fill(config.classes)).dataSync(),
    ]);
    expect(none).toEqual(free);
  });
});

it('counts a multiplication and an addition for each weight that it uses, once a point', () => {
  const { specs, flops } = createNetwork(configs[0]);
  const weights = specs.filter(({ name }) => name.endsWith('.weight'));
  const size = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
  expect(flops).toBe(2 * weights.reduce((sum, { shape }) => sum + size(shape), 0));
});
