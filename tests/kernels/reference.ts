/** Every node of a graph by its definition, in float64 and with plain loops: what engines are held against. */
import { type Graph, type Node, sizeOfShape } from '../../src/lib/tensor/graph/node.ts';

type Numbers = ArrayLike<number>;

/** Output for one image. `weights` by name, `inputs` by name, flat. */
export function reference(
  graph: Graph,
  weights: Record<string, Numbers>,
  inputs: Record<string, Numbers>,
  label: number,
): Float64Array {
  const values: Float64Array[] = [];
  for (const node of graph.nodes)
    values.push(evaluate(node, graph, values, weights, inputs, label));
  return values[graph.output];
}

const silu = (a: number) => a / (1 + Math.exp(-a));

function evaluate(
  node: Node,
  { nodes }: Graph,
  values: Float64Array[],
  weights: Record<string, Numbers>,
  inputs: Record<string, Numbers>,
  label: number,
): Float64Array {
  const { h, w, c } = node.shape;
  const y = new Float64Array(sizeOfShape(node.shape));
  const x = 'x' in node.reads ? values[node.reads.x] : new Float64Array();
  const from = 'x' in node.reads ? nodes[node.reads.x].shape : node.shape;
  const each = (f: (i: number, j: number, k: number) => number) => {
    for (let i = 0; i < h; i++)
      for (let j = 0; j < w; j++) for (let k = 0; k < c; k++) y[(i * w + j) * c + k] = f(i, j, k);
    return y;
  };
  switch (node.op) {
    case 'input':
      return Float64Array.from(inputs[node.from]);
    case 'conv': {
      const { kernel, reads } = node;
      const [weight, bias] = [weights[node.weight], weights[node.bias]];
      const r = (kernel - 1) / 2;
      return each((i, j, o) => {
        let sum = bias[o];
        for (let u = 0; u < kernel; u++)
          for (let v = 0; v < kernel; v++) {
            const [a, b] = [i + u - r, j + v - r];
            if (a < 0 || b < 0 || a >= h || b >= w) continue;
            for (let k = 0; k < from.c; k++)
              sum += x[(a * w + b) * from.c + k] * weight[((u * kernel + v) * from.c + k) * c + o];
          }
        if (reads.row !== undefined) sum += values[reads.row][o];
        if (reads.residual !== undefined) sum += values[reads.residual][(i * w + j) * c + o];
        return sum;
      });
    }
    case 'dense':
      return each((_, __, o) =>
        x.reduce((sum, v, i) => sum + v * weights[node.weight][i * c + o], weights[node.bias][o]),
      );
    case 'embed':
      return each((_, __, k) => x[k] + weights[node.table][label * c + k]);
    case 'norm': {
      const per = c / node.groups;
      const groups = Array.from({ length: node.groups }, (_, g) => {
        const own = x.filter((_, n) => Math.floor((n % c) / per) === g);
        const mean = own.reduce((a, b) => a + b, 0) / own.length;
        const variance = own.reduce((a, b) => a + (b - mean) ** 2, 0) / own.length;
        return { mean, deviation: Math.sqrt(variance + 1e-5) };
      });
      return each((i, j, k) => {
        const { mean, deviation } = groups[Math.floor(k / per)];
        const scaled = (x[(i * w + j) * c + k] - mean) / deviation;
        return silu(weights[node.gamma][k] * scaled + weights[node.beta][k]);
      });
    }
    case 'silu':
      return x.map(silu);
    case 'pool':
      return each((i, j, k) => {
        const at = (a: number, b: number) => x[((2 * i + a) * from.w + 2 * j + b) * c + k];
        return (at(0, 0) + at(0, 1) + at(1, 0) + at(1, 1)) / 4;
      });
    case 'up':
      return each((i, j, k) => x[((i >> 1) * from.w + (j >> 1)) * c + k]);
    case 'join': {
      const [a, b] = [values[node.reads.a], values[node.reads.b]];
      const first = nodes[node.reads.a].shape.c;
      return each((i, j, k) =>
        k < first ? a[(i * w + j) * first + k] : b[(i * w + j) * (c - first) + k - first],
      );
    }
    case 'add':
      return values[node.reads.a].map((v, n) => v + values[node.reads.b][n]);
    case 'attention': {
      const d = c / node.heads;
      const part = (pixel: number, k: number) => x[pixel * 3 * c + k];
      return each((i, j, k) => {
        const head = Math.floor(k / d) * d;
        const scores = Array.from({ length: h * w }, (_, p) => {
          let dot = 0;
          for (let m = head; m < head + d; m++) dot += part(i * w + j, m) * part(p, c + m);
          return Math.exp(dot / Math.sqrt(d));
        });
        const total = scores.reduce((a, b) => a + b, 0);
        return scores.reduce((sum, s, p) => sum + (s / total) * part(p, 2 * c + k), 0);
      });
    }
    case 'reshape':
      return x;
    case 'waves':
      return Float64Array.from([
        ...x,
        ...x.map(Math.sin),
        ...x.map(Math.cos),
        ...x.map((v) => Math.sin(2 * v)),
        ...x.map((v) => Math.cos(2 * v)),
      ]);
  }
}
