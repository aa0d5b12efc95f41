/**
 * Brings the results of steps from the device to the host, several at a time: each step's result is copied into a row of
 * its own, and one read-back fetches all rows that wait.
 */
import { readable, readFloats } from './deviceWeights.ts';

/** Steps that may wait for one read-back. */
export const MOST_UNREAD = 16;

interface Waiting {
  resolve(values: Float32Array): void;
  reject(reason: unknown): void;
}

export function resultReader(device: GPUDevice, result: GPUBuffer) {
  const { size } = result;
  const usage = GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const rows = device.createBuffer({ size: MOST_UNREAD * size, usage });
  const free: GPUBuffer[] = [];
  let waiting: Waiting[] = [];

  async function fetch(read: GPUBuffer, steps: Waiting[]): Promise<void> {
    try {
      const values = await readFloats(read);
      free.push(read);
      const each = size / 4;
      for (const [i, { resolve }] of steps.entries())
        resolve(values.subarray(i * each, (i + 1) * each));
    } catch (error) {
      for (const { reject } of steps) reject(error);
    }
  }

  return {
    /** Adds the copy of a step's result to its commands. The promise is kept after the next `collect`. */
    add(encoder: GPUCommandEncoder): Promise<Float32Array> {
      encoder.copyBufferToBuffer(result, 0, rows, waiting.length * size, size);
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    full: () => waiting.length === MOST_UNREAD,
    waits: () => waiting.length > 0,
    /** Adds the copy of all waiting rows to the commands; call what it returns when they have been submitted. */
    collect(encoder: GPUCommandEncoder): () => void {
      const steps = waiting;
      waiting = [];
      const read = free.pop() ?? readable(device, rows.size);
      encoder.copyBufferToBuffer(rows, 0, read, 0, steps.length * size);
      return () => void fetch(read, steps);
    },
    dispose() {
      for (const buffer of [rows, ...free]) buffer.destroy();
    },
  };
}
