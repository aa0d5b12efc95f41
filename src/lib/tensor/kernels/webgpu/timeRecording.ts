/**
 * The time embedding, and the time biases of all blocks at once:
 *   z = dense1(features),   emb = dense2(silu(z)) (+ class.embedding[label]),   bias_block = time_block(silu(emb))
 */
import type { TimeBiases } from './blockRecording.ts';
import {
  type Column,
  type ColumnSize,
  classGradient,
  columnSums,
  columnsBackward,
  columnsForward,
  columnTable,
} from './columns.ts';
import type { Recording } from './recording.ts';
import type { Slice } from './shader.ts';

export function recordTimeEmbedding(
  r: Recording,
  time: TimeBiases,
  features: Slice,
  labels: Slice,
) {
  const { batch, calls, layout, weights, config } = r;
  const width = time.inputs;
  const vector = (floats = width) => ({ buffer: r.buffer(batch * floats) });
  const [z, emb, dEmb, dz, dFeatures] = Array.from({ length: 5 }, () => vector());
  const dTime = vector(time.width);
  const square: ColumnSize = { batch, inputs: width, outputs: width, active: true };
  const wide: ColumnSize = { ...square, outputs: time.width };
  const table = (columns: number) => ({ buffer: r.buffer(9 * columns) });
  const tables = { first: table(width), second: table(width), time: table(time.width) };
  const flat = { buffer: weights };

  /** The columns of one dense layer; its gradients are single parts. */
  function layer(name: string): Column[] {
    const [dWeight, dBias] = [r.takeParts(width * width), r.takeParts(width)];
    r.gradients.set(`${name}.weight`, { at: dWeight, stride: 0, count: 1 });
    r.gradients.set(`${name}.bias`, { at: dBias, stride: 0, count: 1 });
    return Array.from({ length: width }, (_, o) => ({
      weight: layout.at(`${name}.weight`) + o,
      stride: width,
      bias: layout.at(`${name}.bias`) + o,
      dWeight: dWeight + o,
      dBias: dBias + o,
    }));
  }
  const columns = { first: layer('time.dense1'), second: layer('time.dense2') };

  return {
    forward(): void {
      const plain = { ...square, active: false };
      const classes = config.classes > 0;
      const rows = classes ? { labels, embedding: r.param('class.embedding') } : undefined;
      calls.push(
        columnsForward(plain, { x: features, weights: flat, table: tables.first, y: z }),
        columnsForward(square, { x: z, weights: flat, table: tables.second, y: emb }, rows),
        columnsForward(wide, { x: emb, weights: flat, table: tables.time, y: time.data }),
      );
    },
    backward(): void {
      const { parts } = r;
      const common = { weights: flat, parts };
      calls.push(
        columnSums(wide, { parts, table: tables.time, dy: dTime }),
        columnsBackward(wide, { ...common, x: emb, table: tables.time, dy: dTime, dx: dEmb }),
      );
      if (config.classes > 0) {
        const rows = config.classes + 1;
        const first = r.takeParts(rows * width);
        r.gradients.set('class.embedding', { at: first, stride: 0, count: 1 });
        calls.push(classGradient({ batch, rows, width, first }, { labels, dy: dEmb, parts }));
      }
      const plain = { ...square, active: false };
      calls.push(
        columnsBackward(square, { ...common, x: z, table: tables.second, dy: dEmb, dx: dz }),
        columnsBackward(plain, {
          ...common,
          x: features,
          table: tables.first,
          dy: dz,
          dx: dFeatures,
        }),
      );
    },
    /** Writes the tables, once everything has been recorded. */
    finishTables(queue: GPUQueue): void {
      const all = { first: columns.first, second: columns.second, time: time.columns };
      for (const key of ['first', 'second', 'time'] as const)
        queue.writeBuffer(tables[key].buffer, 0, columnTable(all[key]));
    },
  };
}
