/** Every kind of node backwards, as kernel calls. A gradient is nobody else's memory, so that sums and SiLU may be taken in place. */
import type { NodeOf, Op, Value } from '../../graph/node.ts';
import type { Backward, ByRole } from '../../graph/walk.ts';
import * as call from './calls.ts';
import type { GraphWriter } from './forwardNodes.ts';
import { GAPLESS } from './fusion.ts';
import { emit } from './instructions.ts';
import { channelSlice, type Images, isDoubled, type Parts, plain, rows } from './layout.ts';

interface Seen<K extends Op> {
  node: NodeOf<K>;
  reads: ByRole<Parts>;
  output: Parts;
  dy: Parts;
  into: ByRole<Parts | null>;
  at: Value;
}
type Rule<K extends Op> = (seen: Seen<K>) => ByRole<Parts>;

export function backwardNodes(w: GraphWriter): Backward<Parts> {
  const { graph, fusion, weights, memory, commands, stats } = w;
  const { nodes } = graph;

  /** `fresh`, or where there is a gradient already, that one with it added. */
  function collect(into: Parts | null, fresh: Parts): Parts {
    if (into === null) return fresh;
    call.addTo(w, into, fresh);
    return into;
  }

  /** The same numbers in memory of their own, without gaps. */
  function apart(x: Images): Images {
    const copy = memory.like(x);
    call.copy(w, x, copy);
    return copy;
  }

  /** The gradient by a kernel that cannot add. */
  function assigned(
    into: Parts | null | undefined,
    x: Parts,
    write: (dx: Parts | null) => void,
  ): ByRole<Parts> {
    if (into === undefined) {
      write(null);
      return {};
    }
    const dx = memory.like(x);
    write(dx);
    if (into === null) return { x: dx };
    call.addTo(w, into, dx);
    memory.release(dx);
    return { x: into };
  }

  /** The gradient by a kernel that can. */
  function added(
    into: Parts | null | undefined,
    x: Parts,
    write: (dx: Parts | null, add: boolean) => void,
  ): ByRole<Parts> {
    if (into === undefined) {
      write(null, false);
      return {};
    }
    const dx = into ?? memory.like(x);
    write(dx, into !== null);
    return { x: dx };
  }

  const rules: { [K in Op]: Rule<K> } = {
    input: () => ({}),

    conv({ node, reads: { x }, dy: gradient, into, at }) {
      const dy = plain(gradient);
      const { weight, low, single, bias } = weights.conv(node);
      const result: ByRole<Parts> = {};
      const through = () => {
        if (into.residual !== undefined) result.residual = collect(into.residual, dy);
        return result;
      };
      if (single) {
        call.biasBack(w, dy, bias.gradient);
        const turned = fusion.single.has(at);
        if (turned)
          Object.assign(
            result,
            assigned(into.x, x, (dx) => dx && call.one(w, dy, plain(dx), single.u, 0, true)),
          );
        if (turned) call.oneFilter(w, dy, plain(x), single.gradient, true);
        else call.oneFilter(w, plain(x), dy, single.gradient, false);
        return through();
      }
      if (node.kernel === 3) {
        let sums = w.row;
        if (into.row !== undefined) {
          const row = memory.images({ h: 1, w: 1, c: dy.c });
          sums = row.at;
          result.row = collect(into.row, row);
        }
        const back = assigned(into.x, x, (dx) => {
          if (!isDoubled(x)) {
            call.conv3Back(w, x, weight, dy, dx && plain(dx), sums, bias.gradient);
            return;
          }
          const { low: dLow, skip: dSkip } = dx as typeof x;
          call.conv3Back(w, x.skip, weight, dy, dSkip, sums, bias.gradient);
          if (low) call.up3Back(w, x.low, low, dy, dLow);
        });
        Object.assign(result, back);
        return through();
      }
      if (bias.counts) call.biasBack(w, dy, bias.gradient);
      const back = added(into.x, x, (dx, add) => {
        if (!isDoubled(x)) {
          call.conv1Back(w, x, weight, dy, dx && plain(dx), add);
          return;
        }
        const { low: dLow, skip: dSkip } = dx as typeof x;
        call.conv1Back(w, x.skip, weight, dy, dSkip, add);
        const small = memory.images({ ...x.low, c: dy.c });
        call.gather(w, dy, small);
        if (low) call.conv1Back(w, x.low, low, small, dLow, add);
        memory.release(small);
      });
      Object.assign(result, back);
      return through();
    },

    dense({ node, reads: { x }, dy, into }) {
      const { weight, bias } = weights.dense(node);
      const count = bias.counts ? bias.gradient : -1;
      return added(into.x, x, (dx, add) => {
        call.denseBack(w, plain(x), weight, plain(dy), dx && plain(dx), count, add);
      });
    },

    embed({ node, dy, into }) {
      const { gradient } = weights.embed(node);
      const labels = graph.specs.find(({ name }) => name === node.table)?.shape[0] as number;
      emit(commands, 'CLASS_BACK', rows(dy), node.shape.c, gradient, labels);
      return { x: collect(into.x, dy) };
    },

    norm({ node, reads: { x }, output, dy, into, at }) {
      const place = stats.get(at) as number;
      // In place of dy, where nothing is to be added to.
      const dx = into.x ?? dy;
      const { groups } = node;
      call.normBack(w, x, weights.norm(node), place, groups, output, dy, dx, Boolean(into.x));
      memory.give(place);
      return { x: dx };
    },

    silu({ reads: { x }, dy, into }) {
      emit(commands, 'SILU_BACK', rows(x), rows(dy), rows(dy), plain(x).stride);
      return { x: collect(into.x, dy) };
    },

    pool({ reads: { x }, dy, into }) {
      return added(into.x, x, (dx, add) => {
        if (dx) call.spread(w, plain(dy), plain(dx), 0.25, add);
      });
    },

    up({ reads: { x }, dy, into }) {
      // The gradient of small images where they were never doubled.
      if (plain(dy).h === plain(x).h) return { x: collect(into.x, dy) };
      return assigned(into.x, x, (dx) => dx && call.gather(w, plain(dy), plain(dx)));
    },

    join({ node, dy, into }) {
      const { a, b } = node.reads;
      const parts: [string, Images][] = isDoubled(dy)
        ? [
            ['a', dy.low],
            ['b', dy.skip],
          ]
        : [
            ['a', channelSlice(dy, 0, nodes[a].shape.c)],
            ['b', channelSlice(dy, nodes[a].shape.c, nodes[b].shape.c)],
          ];
      return Object.fromEntries(
        parts.flatMap(([role, part]) => {
          const there = into[role];
          if (there === undefined) return [];
          if (there !== null) return [[role, collect(there, part)]];
          const { op } = nodes[role === 'a' ? a : b];
          return [[role, GAPLESS.includes(op) ? apart(part) : memory.hold(part)]];
        }),
      );
    },

    add({ dy, into }) {
      const result: ByRole<Parts> = {};
      if (into.a !== undefined) result.a = collect(into.a, dy);
      if (into.b === undefined) return result;
      if (result.a !== dy || into.b !== null) result.b = collect(into.b, dy);
      else {
        result.b = apart(plain(dy));
      }
      return result;
    },

    attention({ node, reads: { x }, dy, into }) {
      return added(into.x, x, (dx, add) => {
        if (dx) call.attentionBack(w, plain(x), plain(dy), plain(dx), node.heads, add);
      });
    },

    reshape({ reads: { x }, dy, into }) {
      const shaped = { ...plain(x), at: rows(dy), base: plain(dy).base };
      if (into.x !== null) return { x: collect(into.x, shaped) };
      return { x: memory.hold(shaped) };
    },

    waves({ node, reads: { x }, output, dy, into }) {
      const { c } = nodes[node.reads.x].shape;
      return added(into.x, x, (dx, add) => {
        if (dx) call.wavesBack(w, plain(output), plain(dy), plain(dx), c, add);
      });
    },
  };

  return {
    backward: (node, reads, output, dy, into, at) =>
      (rules[node.op] as Rule<Op>)({ node, reads, output, dy, into, at } as Seen<Op>),
    release: (value) => memory.release(value),
  };
}
