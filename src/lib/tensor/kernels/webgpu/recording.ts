/**
 * What the nodes of a recorded network share: the calls in order, memory, parameters, and where gradients are collected.
 * Memory is asked for without a thought of handing it back: when all has been recorded, the calls themselves say how long
 * each block is needed, and blocks that are needed at different times share a buffer (../../graph/memory.ts).
 */
import { shareMemory } from '../../graph/memory.ts';
import { type Graph, inputShape, type Shape, sizeOfShape, type Value } from '../../graph/node.ts';
import { type Column, type ColumnExtras, type ColumnSum, columnTable } from './columns.ts';
import type { ClassTable } from './columnsBack.ts';
import type { FlatLayout, GradientParts } from './flatWeights.ts';
import { fuse } from './fusion.ts';
import { inputLayout } from './inputLayout.ts';
import { addNumbers } from './pointwise.ts';
import type { Call, Slice } from './shader.ts';

/** A value on the device, [batch, h, w, c], or the gradient of one. */
export interface Place {
  shape: Shape;
  data: Slice;
  /** What its node keeps for the backward pass: statistics, the weights of an attention. */
  kept?: Slice;
  /** The value itself is nowhere: `data` has x, and the value is silu(x), or x doubled. Its gradient is that of x. */
  of?: 'silu' | 'up';
  /** A row for each image lies at `first` of a longer one of `stride` numbers. */
  row?: { first: number; stride: number };
  /** A gradient that is still to be added up from the parts, one for each column (columns.ts). */
  sums?: ColumnSum;
  /** A gradient that a table of classes has a share in, which the dense layer computes too. */
  classes?: ClassTable;
  /** Records the call that writes it, which was put off because it can add something to it as well. */
  write?: (extras?: ColumnExtras) => void;
}

const UNBOUND = undefined as unknown as GPUBuffer;

export function createRecording(
  device: GPUDevice,
  graph: Graph,
  layout: FlatLayout,
  batch: number,
  weights: GPUBuffer,
) {
  const calls: Call[] = [];
  const buffers: GPUBuffer[] = [];
  const blocks = new Map<Slice, number>();
  const kept = new Set<Slice>();
  /** Bound before its length is known: calls name this slice, the buffer is put in at the end. */
  const parts: Slice = { buffer: UNBOUND };
  let gradients = new Map<string, GradientParts[]>();
  let partFloats = 0;
  let mostParts = 0;

  function buffer(floats: number): GPUBuffer {
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    const made = device.createBuffer({ size: Math.ceil(floats / 4) * 16, usage });
    buffers.push(made);
    return made;
  }

  /** Memory that calls write and read; its buffer comes with `finish`. */
  function block(floats: number): Slice {
    const made: Slice = { buffer: UNBOUND };
    blocks.set(made, floats);
    return made;
  }

  const at = inputLayout(graph, batch);
  const inputs = buffer(at.floats);
  const input = (from: number, floats: number): Slice => ({
    buffer: inputs,
    offset: 4 * from,
    size: Math.ceil(floats / 4) * 16,
  });

  return {
    graph,
    layout,
    batch,
    calls,
    buffers,
    parts,
    weights,
    at,
    inputs,
    input,
    /** What the caller gives under a name. */
    given: (name: string): Slice =>
      input(at.values[name], batch * sizeOfShape(inputShape(graph, name))),
    labels: input(at.labels, batch),
    fusion: fuse(graph),
    /** Of the dense layers of a bank: what they give out, and its gradient. */
    rows: new Map<Value, Place>(),
    rowGradients: new Map<Value, Place>(),
    buffer,
    block,

    place: (shape: Shape): Place => ({ shape, data: block(batch * sizeOfShape(shape)) }),
    param: (name: string) => layout.slice(weights, name),

    table(columns: Column[]): Slice {
      const values = columnTable(columns);
      const made = { buffer: buffer(values.length) };
      device.queue.writeBuffer(made.buffer, 0, values);
      return made;
    },

    /** Something outside the calls reads it afterwards. */
    keep(slice: Slice): void {
      kept.add(slice);
    },

    takeParts(floats: number): number {
      const first = partFloats;
      partFloats += Math.ceil(floats / 64) * 64;
      mostParts = Math.max(mostParts, partFloats);
      return first;
    },
    /** Where a gradient of a parameter is found. */
    collect(name: string, from: GradientParts): void {
      gradients.set(name, [...(gradients.get(name) ?? []), from]);
    },
    /** Begins another backward pass: its parts may lie where those of the one before lay. Where that one collected. */
    collected(): Map<string, GradientParts[]> {
      const found = gradients;
      gradients = new Map();
      partFloats = 0;
      return found;
    },

    /**
     * Gives the blocks their buffers; false, and none is made, where one would be longer than the device can bind. `again`:
     * the first call of what may run several times after one run of all that is before; what crosses this border stays.
     */
    finish(again = Number.POSITIVE_INFINITY): boolean {
      const lives = new Map<Slice, { size: number; first: number; last: number }>();
      calls.forEach(({ bindings }, i) => {
        for (const slice of bindings) {
          const size = blocks.get(slice);
          if (size === undefined) continue;
          const life = lives.get(slice);
          if (life) life.last = i;
          else lives.set(slice, { size, first: i, last: kept.has(slice) ? calls.length : i });
        }
      });
      for (const [slice, life] of lives)
        if (kept.has(slice) || (life.first < again && life.last >= again)) life.last = calls.length;
      const { placeOf, sizes } = shareMemory([...lives.values()]);
      const longest = Math.max(mostParts, ...sizes);
      if (4 * longest > device.limits.maxStorageBufferBindingSize) return false;
      if (mostParts > 0) parts.buffer = buffer(mostParts);
      const made = sizes.map(buffer);
      [...lives.keys()].forEach((slice, i) => {
        slice.buffer = made[placeOf[i]];
      });
      return true;
    },
  };
}

export type Recording = ReturnType<typeof createRecording>;

/** The gradient `d`, and what has come together in `into` already. */
export function added(r: Recording, d: Place, into: Place | null | undefined): Place {
  const { shape, data, write } = d;
  if (into) settle(into);
  if (write) {
    write({ residual: into?.data });
    return { shape, data };
  }
  if (!into) return d;
  const sum = r.place(shape);
  r.calls.push(addNumbers(r.batch * sizeOfShape(shape), data, into.data, sum.data));
  return sum;
}

/** Records what was put off. */
export function settle(place: Place): void {
  place.write?.();
  place.write = undefined;
}
