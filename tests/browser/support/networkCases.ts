/**
 * Each kind of node, and small networks of all kinds, with inputs, weights and a gradient of the output to start from: what
 * every engine is tried on (networkChecks.ts). What PyTorch says of them stands in tests/fixtures/networks.json, whose maker
 * draws the same numbers.
 */
import { type Builder, buildGraph } from '../../../src/lib/tensor/graph/build.ts';
import { type Graph, type Shape, sizeOfShape } from '../../../src/lib/tensor/graph/node.ts';
import type { ModuleInputs } from '../../../src/lib/tensor/module.ts';
import { attentive } from '../../../src/lib/tensor/networks/attentive.ts';
import { classifier } from '../../../src/lib/tensor/networks/classifier.ts';
import { decoder } from '../../../src/lib/tensor/networks/decoder.ts';
import { encoder } from '../../../src/lib/tensor/networks/encoder.ts';
import { mlp } from '../../../src/lib/tensor/networks/mlp.ts';
import { unet } from '../../../src/lib/tensor/networks/unet.ts';
import { sizeOf } from '../../../src/lib/tensor/params.ts';
import fixture from '../../fixtures/networks.json';

/** What PyTorch says, in float64 with six digits. */
interface Expected {
  batch: number;
  labels?: number[];
  output: number[];
  /** Gradients of Σ dOutput·output, by name. */
  inputs: Record<string, number[]>;
  parameters: Record<string, number[]>;
}

export interface NetworkCase {
  name: string;
  graph: Graph;
  batch: number;
  inputs: ModuleInputs;
  weights: Float32Array<ArrayBuffer>;
  dOutput: Float32Array<ArrayBuffer>;
  expected: Expected;
}

const image = (h: number, w: number, c: number): Shape => ({ h, w, c });
const vector = (c: number): Shape => ({ h: 1, w: 1, c });
const CODER = { imageSize: 8, channels: 3, latent: 3, base: 4, groups: 2 };
const ATTENTIVE = { channels: 3, base: 8, groups: 4 };

/** What a node without parameters reads: no network is without. */
const first = (b: Builder, h: number, w: number, c: number) =>
  b.conv('first', 1, c, c)(b.input('x', image(h, w, c)));

const GRAPHS: Record<string, Graph> = {
  'conv 3': buildGraph((b) => b.conv('conv', 3, 3, 5)(b.input('x', image(5, 4, 3)))),
  'conv 1': buildGraph((b) => b.conv('conv', 1, 3, 4)(b.input('x', image(5, 4, 3)))),
  'conv row residual': buildGraph((b) => {
    const [x, residual] = [b.input('x', image(4, 6, 4)), b.input('residual', image(4, 6, 8))];
    const row = b.dense('dense', 3, 8)(b.input('row', vector(3)));
    return b.conv('conv', 3, 4, 8)(x, { row, residual });
  }),
  dense: buildGraph((b) => b.dense('dense', 5, 7)(b.input('x', vector(5)))),
  embed: buildGraph((b) => b.embedding('class.embedding', 3, 4)(b.input('x', vector(4)))),
  norm: buildGraph((b) => b.norm('norm', 12, 4)(b.input('x', image(5, 3, 12)))),
  silu: buildGraph((b) => b.silu(first(b, 3, 3, 4))),
  pool: buildGraph((b) => b.pool(first(b, 4, 6, 4))),
  up: buildGraph((b) => b.up(first(b, 3, 2, 4))),
  join: buildGraph((b) => b.join(first(b, 3, 2, 4), b.input('b', image(3, 2, 8)))),
  'up join': buildGraph((b) => b.join(b.up(first(b, 3, 2, 4)), b.input('b', image(6, 4, 8)))),
  add: buildGraph((b) => b.add(first(b, 3, 2, 4), b.input('b', image(3, 2, 4)))),
  'attention 1': buildGraph((b) => b.attention(first(b, 3, 5, 12), 1)),
  'attention 2': buildGraph((b) => b.attention(first(b, 4, 2, 24), 2)),
  reshape: buildGraph((b) => {
    const [dense, conv] = [b.dense('dense', 3, 12), b.conv('conv', 3, 4, 4)];
    return conv(b.reshape(dense(b.input('x', vector(3))), image(1, 3, 4)));
  }),
  waves: buildGraph((b) => b.waves(b.dense('dense', 2, 3)(b.input('x', vector(2))))),
  // Values that are read two and three times, and a layer that is used twice.
  shared: buildGraph((b) => {
    const conv = b.conv('conv', 3, 4, 4);
    const h = conv(b.input('x', image(4, 4, 4)));
    const u = b.up(b.pool(h));
    return b.join(u, b.silu(b.add(b.add(u, conv(h)), h)));
  }),
  classifier: classifier({ imageSize: 8, channels: 1, classes: 10, base: 4, groups: 2 }),
  encoder: encoder(CODER),
  decoder: decoder(CODER),
  'attentive 1': attentive({ ...ATTENTIVE, imageSize: 7, heads: 1 }),
  'attentive 2': attentive({ ...ATTENTIVE, imageSize: 8, heads: 2 }),
  mlp: mlp({ kind: 'mlp', inputs: 2, width: 8, layers: 2, classes: 3 }),
  unet: unet({
    kind: 'unet',
    imageSize: 4,
    channels: 3,
    base: 4,
    multipliers: [1, 2],
    groups: 2,
    classes: 2,
  }),
};

/** middle ± scale, from the stream of this name (see networks.py). */
function draw(name: string, count: number, scale: number, middle = 0): Float32Array<ArrayBuffer> {
  const prime = 2 ** 31 - 1;
  let state = 1;
  for (const letter of new TextEncoder().encode(name)) state = (state * 31 + letter) % prime;
  return Float32Array.from({ length: count }, () => {
    state = (state * 48271) % prime;
    return middle + scale * ((2 * state) / prime - 1);
  });
}

function drawWeights(name: string, { specs }: Graph): Float32Array<ArrayBuffer> {
  const parts = specs.map((spec) => {
    const count = sizeOf(spec.shape);
    const kind = spec.name.split('.').at(-1);
    const scale = kind === 'weight' ? Math.sqrt((3 * spec.shape.at(-1)!) / count) : 0.3;
    return [...draw(`${name}/${spec.name}`, count, scale, kind === 'gamma' ? 1 : 0)];
  });
  return Float32Array.from(parts.flat());
}

export const NETWORK_CASES: NetworkCase[] = Object.entries(GRAPHS).map(([name, graph]) => {
  const expected = (fixture as Record<string, Expected>)[name];
  const { batch, labels } = expected;
  const values: Record<string, Float32Array> = {};
  for (const node of graph.nodes)
    if (node.op === 'input')
      values[node.from] = draw(
        `${name}/${node.from}`,
        batch * sizeOfShape(node.shape),
        Math.sqrt(3),
      );
  return {
    name,
    graph,
    batch,
    inputs: { values, labels },
    weights: drawWeights(name, graph),
    dOutput: draw(`${name}/dOutput`, batch * sizeOfShape(graph.nodes[graph.output].shape), 1),
    expected,
  };
});
