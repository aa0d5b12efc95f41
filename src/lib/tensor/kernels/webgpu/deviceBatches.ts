/**
 * The data of a run on the device, and the calls that make a step's batch from them (drawBatch.ts). Images go up once:
 * as bytes where they are `fromByte` of one, as MNIST is, else as floats. For a step only the numbers of its images
 * and the key of its stream follow.
 */

import { fromByte } from '../../../data/dataset.ts';
import { predictionTarget } from '../../../math/process/parameterization.ts';
import { isSchedule } from '../../../math/process/process.ts';
import type { Schedule } from '../../../math/process/schedule.ts';
import { timeFeatures } from '../../../math/process/timeFeatures.ts';
import { type BatchOptions, batchPlan } from '../../batch.ts';
import { type DrawShape, drawBatch, ORDER_HEAD, PER_TIME } from './drawBatch.ts';
import type { Call, Slice } from './shader.ts';

export interface DeviceBatches {
  calls: Call[];
  /** Of the device's memory. */
  bytes: number;
  /** Says which step comes next; `weightOf` has the loss weight of each t. */
  choose(step: number, weightOf: Float64Array): void;
  dispose(): void;
}

/** Four bytes to a word, and the value of each byte; null where the images are other numbers. */
export function packBytes(
  images: Float32Array,
): { words: Uint32Array<ArrayBuffer>; palette: Float32Array<ArrayBuffer> } | null {
  const palette = Float32Array.from({ length: 256 }, (_, byte) => fromByte(byte));
  const words = new Uint32Array(Math.ceil(images.length / 4));
  const bytes = new Uint8Array(words.buffer);
  for (let i = 0; i < images.length; i++) {
    // Rounds as Math.round does, several times as fast: MNIST has 47 million of them.
    const byte = ((images[i] + 1) * 127.5 + 0.5) | 0;
    if (palette[byte] !== images[i]) return null;
    bytes[i] = byte;
  }
  return { words, palette };
}

/** √ᾱ, √(1−ᾱ) of the forward process, and the target's shares of x_0 and ε, for t = 0…T (row 0 is not used). */
function timeTable(
  { objective: { target, forward } }: BatchOptions,
  schedule: Schedule,
): Float32Array<ArrayBuffer> {
  const { alphaBar, noiseVariance } = (forward as Schedule | undefined) ?? schedule;
  const rows = new Float32Array((schedule.T + 1) * PER_TIME);
  for (let t = 1; t <= schedule.T; t++)
    rows.set(
      [
        Math.sqrt(alphaBar[t]),
        Math.sqrt(noiseVariance[t]),
        predictionTarget(target, [1], [0], t, schedule)[0],
        predictionTarget(target, [0], [1], t, schedule)[0],
      ],
      t * PER_TIME,
    );
  return rows;
}

/** Null where the data do not fit on the device, and for times that are not those of a chain: it has a table of them. `width`: sinusoids of a time. */
export function deviceBatches(
  device: GPUDevice,
  options: BatchOptions,
  {
    width,
    at,
    inputs,
    result,
  }: { width: number; inputs: Slice; result: Slice } & {
    at: DrawShape['at'];
  },
): DeviceBatches | null {
  const { dataset, objective, batchSize, classes, labelDropout } = options;
  if (!isSchedule(objective.process)) return null;
  const { T } = objective;
  const size = dataset.height * dataset.width * dataset.channels;
  const packed = packBytes(options.images);
  const data = packed?.words ?? (options.images as Float32Array<ArrayBuffer>);
  const { maxStorageBufferBindingSize: longest, maxBufferSize } = device.limits;
  if (data.byteLength > Math.min(longest, maxBufferSize)) return null;

  const made: GPUBuffer[] = [];
  function upload(values: Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>): Slice {
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST;
    const buffer = device.createBuffer({ size: Math.max(16, values.byteLength), usage });
    device.queue.writeBuffer(buffer, 0, values);
    made.push(buffer);
    return { buffer };
  }

  const labelled = dataset.labels !== null;
  const told = Array.from({ length: T + 1 }, (_, t) => objective.told(t));
  const rows = timeTable(options, objective.process);
  const perTime = upload(rows);
  const order = upload(new Uint32Array(ORDER_HEAD + batchSize));
  const calls = drawBatch(
    { batch: batchSize, size, T, width, classes, labelled, labelDropout, at },
    {
      ...{ order, perTime, inputs, result },
      sinusoids: upload(timeFeatures(told, T, width) as Float32Array<ArrayBuffer>),
      classOf: upload(Uint32Array.from(dataset.labels ?? [0])),
      images: upload(data),
      palette: packed ? upload(packed.palette) : undefined,
      drawn: upload(new Float32Array(4 * batchSize)),
    },
  );

  const plan = batchPlan(options);
  const next = new Uint32Array(ORDER_HEAD + batchSize);
  let weighted: Float64Array | null = null;
  return {
    calls,
    bytes: made.reduce((total, { size }) => total + size, 0),
    choose(step, weightOf) {
      if (weighted !== weightOf) {
        for (let t = 1; t <= T; t++) rows[t * PER_TIME + 4] = weightOf[t];
        device.queue.writeBuffer(perTime.buffer, 0, rows);
        weighted = weightOf;
      }
      next.set(plan.stream(step).state().key);
      next.set(plan.images(step), ORDER_HEAD);
      device.queue.writeBuffer(order.buffer, 0, next);
    },
    dispose() {
      for (const buffer of made) buffer.destroy();
    },
  };
}
