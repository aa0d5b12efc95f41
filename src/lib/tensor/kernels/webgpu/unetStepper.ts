/**
 * The training step of a UNet on WebGPU without the tape: everything is recorded once (unetRecording.ts) and replayed
 * with one small upload, one compute pass and one small read-back for each step. The numbers are those of the op-by-op
 * path, up to rounding.
 */
import { backend } from '@tensorflow/tfjs-core';
import type { UNetConfig } from '../../../checkpoint/config.ts';
import { timeFeatures } from '../../../math/process/timeFeatures.ts';
import type { StepHyper } from '../../adam.ts';
import type { Batch, BatchOptions } from '../../batch.ts';
import type { Network } from '../../network.ts';
import type { FlatState } from '../../optimizer.ts';
import type { DrawingSteps, Stepper } from '../../stepper.ts';
import type { WebGPUBackend } from './device.ts';
import { type DeviceBatches, deviceBatches } from './deviceBatches.ts';
import { deviceWeights } from './deviceWeights.ts';
import { flatLayout } from './flatWeights.ts';
import { ownedNetwork, type RecordedNetwork, recordedNetwork } from './recordedNetwork.ts';
import { fitsRecording } from './recording.ts';
import { resultReader } from './resultReader.ts';
import { encode, type Recorded, recorderOf, uniformBytes } from './shader.ts';
import { recordStep } from './unetRecording.ts';
import { adam, gather, gatherGroups } from './update.ts';

/** Null where this UNet has to run op by op. */
export function createStepper(
  network: Network,
  start: FlatState,
  batchSize: number,
): Stepper | null {
  if (network.config.kind !== 'unet' || !fitsRecording(network.config)) return null;
  return recordedStepper(network, network.config, start, batchSize);
}

function recordedStepper(
  network: Network,
  config: UNetConfig,
  start: FlatState,
  batchSize: number,
): Stepper | null {
  const running = backend() as unknown as WebGPUBackend;
  const { device } = running;
  const { queue } = device;
  const layout = flatLayout(network.specs);
  const step = recordStep(device, config, layout, batchSize);
  const { recording: r, inputs, result, at } = step;
  // Large batches may need a longer buffer than the device can bind.
  if (r.buffers.some(({ size }) => size > device.limits.maxStorageBufferBindingSize)) {
    for (const buffer of r.buffers) buffer.destroy();
    return null;
  }
  const count = layout.floats;
  const [ema, m, v] = [r.buffer(count), r.buffer(count), r.buffer(count)];
  const state = { weights: r.weights, ema, m, v };
  const store = deviceWeights(running, network.specs, layout, state, start);
  const gradient = { buffer: r.buffer(count) };
  const squares = { buffer: r.buffer(gatherGroups(count)) };
  const table = { buffer: r.buffer((4 * count) / 64) };
  r.calls.push(gather(count, { parts: r.parts, table, gradient, squares }));
  queue.writeBuffer(table.buffer, 0, layout.table(r.gradients));
  step.finishTables(queue);

  const recorder = recorderOf(device);
  const recorded = r.calls.map((call) => recorder.record(call));
  const [weights, average, first, second] = [state.weights, ema, m, v].map((buffer) => ({
    buffer,
  }));
  const moments = { weights, ema: average, m: first, v: second, result: { buffer: result } };
  const update = (hyper: StepHyper) => adam(count, { gradient, squares, ...moments }, hyper);
  const hyperBuffer = device.createBuffer({
    size: 32,
    usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
  });
  const none: StepHyper = { step: 1, learningRate: 0, emaDecay: 0, clipNorm: 0 };
  recorded.push(recorder.record(update(none), hyperBuffer));

  const host = new Float32Array(at.floats);

  function upload(batch: Batch, weights: ArrayLike<number>): void {
    host.set(batch.xt, at.x);
    host.set(batch.target, at.target);
    host.set(timeFeatures(batch.time, batch.T, 4 * config.base), at.features);
    host.set(weights, at.weights);
    for (let b = 0; b < batchSize; b++)
      host[at.labels + b] = batch.labels ? batch.labels[b] : config.classes;
    queue.writeBuffer(inputs, 0, host);
  }

  const reader = resultReader(device, result);

  /** Runs one step on the batch that `before` makes, or that has been uploaded; brings the whole of `result`. */
  function run(hyper: StepHyper, before: Recorded[] = [], unread = false): Promise<Float32Array> {
    const { source, uniforms } = update(hyper);
    queue.writeBuffer(hyperBuffer, 0, uniformBytes(source, uniforms));
    const encoder = device.createCommandEncoder();
    encode(encoder, [...before, ...recorded]);
    const values = reader.add(encoder);
    const fetch = !unread || reader.full() ? reader.collect(encoder) : null;
    queue.submit([encoder.finish()]);
    fetch?.();
    store.moved(hyper.step);
    return values;
  }

  function flush(): void {
    if (!reader.waits()) return;
    const encoder = device.createCommandEncoder();
    const fetch = reader.collect(encoder);
    queue.submit([encoder.finish()]);
    fetch();
  }

  const outcome = (values: Float32Array) => ({
    gradNorm: values[0],
    errors: values.subarray(1, 1 + batchSize),
  });

  const sources: DeviceBatches[] = [];
  function drawing(options: BatchOptions): DrawingSteps | null {
    const batches = deviceBatches(device, options, {
      width: 4 * config.base,
      at: { ...at, times: 1 + batchSize },
      inputs: { buffer: inputs },
      result: { buffer: result },
    });
    if (!batches) return null;
    sources.push(batches);
    const draw = batches.calls.map((call) => recorder.record(call));
    return async (hyper, weightOf, unread) => {
      batches.choose(hyper.step, weightOf);
      const values = await run(hyper, draw, unread);
      return {
        ...outcome(values),
        t: Int32Array.from(values.subarray(1 + batchSize, 1 + 2 * batchSize)),
      };
    };
  }

  const bufferOf = { raw: state.weights, ema };
  const live = new Map<string, RecordedNetwork | null>();

  function quick(weights: 'raw' | 'ema') {
    let made = live.get(weights);
    if (made === undefined) {
      made = recordedNetwork(network, config, layout, bufferOf[weights]);
      live.set(weights, made);
    }
    return made?.network;
  }

  /** The device runs what it is given in order, so the copy is of the weights after the steps issued so far. */
  const frozen = (weights: 'raw' | 'ema'): RecordedNetwork | null =>
    ownedNetwork(network, config, layout, (copy) => {
      const encoder = device.createCommandEncoder();
      encoder.copyBufferToBuffer(bufferOf[weights], 0, copy, 0, 4 * count);
      queue.submit([encoder.finish()]);
    });

  return {
    quick,
    frozen,
    drawing,
    flush,
    get bytes() {
      return [...r.buffers.map(({ size }) => size), ...sources.map(({ bytes }) => bytes)].reduce(
        (total, each) => total + each,
        0,
      );
    },
    store: {
      ...store,
      dispose() {
        store.dispose();
        for (const made of [...live.values(), ...sources]) made?.dispose();
        reader.dispose();
        for (const buffer of [...r.buffers, hyperBuffer]) buffer.destroy();
      },
    },
    async issue(batch, weights, hyper) {
      upload(batch, weights);
      return outcome(await run(hyper));
    },
  };
}
