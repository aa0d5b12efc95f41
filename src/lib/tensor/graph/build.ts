/**
 * Writing a network down: a layer is declared with its parameters and then applied to values, as in
 *   const conv = b.conv('in', 3, channels, base);   h = conv(x);
 * The order of declarations is that of the parameters in flat storage.
 */
import type { Init, ParamSpec } from '../params.ts';
import type { Graph, Node, NodeOf, Op, Shape, Value } from './node.ts';
import { sizeOfShape } from './node.ts';

const told = ({ h, w, c }: Shape) => `${h}×${w}×${c}`;

/** The nodes that `build` writes; its answer is the output. Throws where shapes do not fit, naming the layer. */
export function buildGraph(build: (b: Builder) => Value): Graph {
  const b = createBuilder();
  const output = build(b);
  return { nodes: b.nodes, output, specs: b.specs, named: b.named };
}

export type Builder = ReturnType<typeof createBuilder>;

function createBuilder() {
  const nodes: Node[] = [];
  const specs: ParamSpec[] = [];
  const named = new Map<string, Value>();

  const shapeOf = (value: Value): Shape => nodes[value].shape;
  function put<K extends Op>(node: NodeOf<K>): Value {
    const read = Object.values(node.reads);
    // The backward walk keeps one gradient for each value that a node reads.
    if (new Set(read).size < read.length) throw new Error(`"${node.op}" reads one value twice`);
    nodes.push(node as Node);
    return nodes.length - 1;
  }
  function expect(fits: boolean, what: string, ...values: Value[]): void {
    if (fits) return;
    const found = values.map((value) => told(shapeOf(value))).join(' and ');
    throw new Error(`The network does not fit together: ${what}, but found ${found}.`);
  }
  const declare = (name: string, shape: number[], init: Init) => {
    if (specs.some((spec) => spec.name === name)) throw new Error(`"${name}" is declared twice`);
    specs.push({ name, shape, init });
    return name;
  };
  const same = (a: Shape, b: Shape) => a.h === b.h && a.w === b.w && a.c === b.c;
  const vector = (c: number): Shape => ({ h: 1, w: 1, c });

  return {
    nodes,
    specs,
    named,
    shapeOf,

    input: (from: string, shape: Shape): Value => put({ op: 'input', from, shape, reads: {} }),

    conv(name: string, kernel: 1 | 3, ci: number, co: number, init: Init = 'kaiming') {
      const weight = declare(`${name}.weight`, [kernel, kernel, ci, co], init);
      const bias = declare(`${name}.bias`, [co], 'zeros');
      return (x: Value, extras: { row?: Value; residual?: Value } = {}): Value => {
        const { row, residual } = extras;
        expect(shapeOf(x).c === ci, `"${name}" takes ${ci} channels`, x);
        const shape = { ...shapeOf(x), c: co };
        if (row !== undefined)
          expect(same(shapeOf(row), vector(co)), `"${name}" adds a row of ${co} numbers`, row);
        if (residual !== undefined)
          expect(
            same(shapeOf(residual), shape),
            `"${name}" adds images of ${told(shape)}`,
            residual,
          );
        return put({ op: 'conv', kernel, weight, bias, shape, reads: { x, ...extras } });
      };
    },

    dense(name: string, inputs: number, outputs: number, init: Init = 'kaiming') {
      const weight = declare(`${name}.weight`, [inputs, outputs], init);
      const bias = declare(`${name}.bias`, [outputs], 'zeros');
      return (x: Value): Value => {
        expect(same(shapeOf(x), vector(inputs)), `"${name}" takes a vector of ${inputs}`, x);
        return put({ op: 'dense', weight, bias, shape: vector(outputs), reads: { x } });
      };
    },

    /** One row for each class, and one for "no class". */
    embedding(name: string, classes: number, width: number) {
      const table = declare(name, [classes + 1, width], 'embedding');
      return (x: Value): Value => {
        expect(same(shapeOf(x), vector(width)), `"${name}" adds to a vector of ${width}`, x);
        return put({ op: 'embed', table, shape: shapeOf(x), reads: { x } });
      };
    },

    norm(name: string, channels: number, groups: number) {
      const gamma = declare(`${name}.gamma`, [channels], 'ones');
      const beta = declare(`${name}.beta`, [channels], 'zeros');
      return (x: Value): Value => {
        expect(shapeOf(x).c === channels, `"${name}" takes ${channels} channels`, x);
        expect(channels % groups === 0, `"${name}" needs whole groups, ${groups} of them`, x);
        return put({ op: 'norm', gamma, beta, groups, shape: shapeOf(x), reads: { x } });
      };
    },

    silu: (x: Value): Value => put({ op: 'silu', shape: shapeOf(x), reads: { x } }),

    pool(x: Value): Value {
      const { h, w, c } = shapeOf(x);
      expect(h % 2 === 0 && w % 2 === 0, 'halving takes even sides', x);
      return put({ op: 'pool', shape: { h: h / 2, w: w / 2, c }, reads: { x } });
    },

    up(x: Value): Value {
      const { h, w, c } = shapeOf(x);
      return put({ op: 'up', shape: { h: 2 * h, w: 2 * w, c }, reads: { x } });
    },

    join(a: Value, b: Value): Value {
      const [left, right] = [shapeOf(a), shapeOf(b)];
      expect(left.h === right.h && left.w === right.w, 'joined images have one size', a, b);
      return put({ op: 'join', shape: { ...left, c: left.c + right.c }, reads: { a, b } });
    },

    add(a: Value, b: Value): Value {
      expect(same(shapeOf(a), shapeOf(b)), 'a sum has terms of one shape', a, b);
      return put({ op: 'add', shape: shapeOf(a), reads: { a, b } });
    },

    attention(x: Value, heads: number): Value {
      const { h, w, c } = shapeOf(x);
      expect(c % (3 * heads) === 0, `q, k and v are cut into ${heads} heads`, x);
      return put({ op: 'attention', heads, shape: { h, w, c: c / 3 }, reads: { x } });
    },

    reshape(x: Value, shape: Shape): Value {
      expect(
        sizeOfShape(shapeOf(x)) === sizeOfShape(shape),
        `as many numbers as ${told(shape)}`,
        x,
      );
      return put({ op: 'reshape', shape, reads: { x } });
    },

    waves(x: Value): Value {
      expect(same(shapeOf(x), vector(shapeOf(x).c)), 'waves are made of a vector', x);
      return put({ op: 'waves', shape: vector(5 * shapeOf(x).c), reads: { x } });
    },

    /** Lets the value be looked at (`probe` of a forward pass). */
    called(name: string, value: Value): Value {
      named.set(name, value);
      return value;
    },
  };
}
