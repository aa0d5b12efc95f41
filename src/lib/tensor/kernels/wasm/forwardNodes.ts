/** Every kind of node forwards, as kernel calls. Nothing is copied that need not be (fusion.ts). */
import { type Graph, type NodeOf, type Op, readCounts, type Value } from '../../graph/node.ts';
import type { ByRole, Forward } from '../../graph/walk.ts';
import * as call from './calls.ts';
import type { Fusion } from './fusion.ts';
import type { GraphWeights } from './graphWeights.ts';
import { emit } from './instructions.ts';
import {
  channelSlice,
  type Images,
  isDoubled,
  type Memory,
  type Parts,
  plain,
  rows,
} from './layout.ts';

export interface GraphWriter extends call.Writer {
  graph: Graph;
  fusion: Fusion;
  weights: GraphWeights;
  memory: Memory;
  /** Address of the region of an input. */
  inputs: Record<string, number>;
  /** Values are kept for the backward pass. */
  training: boolean;
  /** Mean and 1/deviation of each normalisation, for its backward pass. */
  stats: Map<Value, number>;
}

type Rule<K extends Op> = (node: NodeOf<K>, reads: ByRole<Parts>, at: Value) => Parts;

export function forwardNodes(w: GraphWriter): Forward<Parts> {
  const { graph, fusion, weights, memory, commands, stats, training } = w;
  const { nodes } = graph;
  const counts = readCounts(graph);
  const joins = new Map<Value, Images>();

  /** Room for a value, perhaps in the join that reads it. */
  function room(at: Value): Images {
    const place = fusion.joined.get(at);
    if (!place) return memory.images(nodes[at].shape);
    const known = joins.get(place.join);
    const whole = known ? memory.hold(known) : memory.images(nodes[place.join].shape);
    joins.set(place.join, whole);
    return channelSlice(whole, place.from, nodes[at].shape.c);
  }

  /** The same memory where nobody else reads x, and its own node needs it no more to go back; else a copy. */
  function own(value: Value, x: Images): Images {
    const linear = ['dense', 'conv', 'add', 'embed'].includes(nodes[value].op);
    if (counts[value] === 1 && linear) return memory.hold(x);
    const y = memory.like(x);
    call.copy(w, x, y);
    return y;
  }

  const rules: { [K in Op]: Rule<K> } = {
    input({ from, shape }, _, at) {
      const y = fusion.single.has(at) ? memory.singles(shape) : memory.images(shape);
      call.load(w, y, shape.c, w.inputs[from]);
      return y;
    },

    conv(node, { x, row, residual }, at) {
      const { weight, low, single, bias } = weights.conv(node);
      const own = bias.adds ? bias.u : 0;
      if (single) {
        const turned = fusion.single.has(at);
        const y = turned ? memory.singles(node.shape) : room(at);
        if (turned) call.oneSum(w, plain(x), y, single.u, own);
        else call.one(w, plain(x), y, single.u, own, false);
        return y;
      }
      const y = fusion.inPlace.has(at) ? memory.hold(plain(residual)) : room(at);
      const here = isDoubled(x) ? x.skip : x;
      if (node.kernel === 3) {
        const biases = row ? { arena: rows(row) } : bias.adds ? { at: own } : {};
        call.conv3(w, here, y, weight, biases, residual ? plain(residual) : null);
        if (isDoubled(x) && low) call.up3(w, x.low, y, low);
        return y;
      }
      call.conv1(w, here, y, weight, own);
      if (isDoubled(x) && low) {
        const small = memory.images({ ...x.low, c: y.c });
        call.conv1(w, x.low, small, low, 0);
        call.spread(w, small, y, 1, true);
        memory.release(small);
      }
      if (residual) call.addTo(w, y, residual);
      return y;
    },

    dense(node, { x }) {
      const { weight, bias } = weights.dense(node);
      const y = memory.images(node.shape);
      call.dense(w, plain(x), y, weight, bias.u);
      return y;
    },

    embed(node, { x }) {
      const y = own(node.reads.x, plain(x));
      emit(commands, 'CLASS', rows(y), y.c, weights.embed(node).u);
      return y;
    },

    norm(node, { x }, at) {
      const y = memory.like(x);
      const place = memory.take(2 * node.groups);
      call.norm(w, x, y, weights.norm(node), place, node.groups);
      if (training) stats.set(at, place);
      else memory.give(place);
      return y;
    },

    silu(_, { x }) {
      const y = memory.like(plain(x));
      emit(commands, 'SILU', rows(x), y.at, y.stride);
      return y;
    },

    pool(_, { x }, at) {
      const y = room(at);
      call.pool(w, plain(x), y);
      return y;
    },

    up(_, { x }, at) {
      // Never made where a join keeps the small images.
      if (nodes.some((node, i) => node.op === 'join' && fusion.low.has(i) && node.reads.a === at))
        return memory.hold(x);
      const y = memory.images(nodes[at].shape);
      call.spread(w, plain(x), y, 1, false);
      return y;
    },

    join({ shape }, { a, b }, at) {
      if (fusion.low.has(at)) return memory.hold({ low: plain(a), skip: plain(b) });
      const known = joins.get(at);
      const whole = known ? memory.hold(known) : memory.images(shape);
      let from = 0;
      for (const part of [plain(a), plain(b)]) {
        if (part.base !== whole.base) call.copy(w, part, channelSlice(whole, from, part.c));
        from += part.c;
      }
      return whole;
    },

    add(node, { a, b }) {
      const y = own(node.reads.a, plain(a));
      call.addTo(w, y, b);
      return y;
    },

    attention(node, { x }, at) {
      const y = room(at);
      call.attention(w, plain(x), y, node.heads);
      return y;
    },

    reshape({ shape }, { x }) {
      const { stride, ...from } = plain(x);
      rows(x);
      return memory.hold({ ...from, ...shape, pitch: shape.c, stride });
    },

    waves(node, { x }) {
      const y = memory.images(node.shape);
      call.waves(w, plain(x), y, nodes[node.reads.x].shape.c);
      return y;
    },
  };

  return {
    forward: (node, reads, at) => (rules[node.op] as Rule<Op>)(node, reads, at),
    release: (value) => memory.release(value),
  };
}
