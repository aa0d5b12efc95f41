/**
 * The training step of a UNet on WebGPU without the tape: everything is recorded once (unetRecording.ts) and replayed
 * with one upload, one compute pass and one small read-back for each step. The numbers are those of the op-by-op path, up
 * to rounding.
 */
import { backend, engine, type Tensor } from '@tensorflow/tfjs-core';
import type { UNetConfig } from '../../../checkpoint/config.ts';
import { timeFeatures } from '../../../math/timeFeatures.ts';
import type { StepHyper } from '../../adam.ts';
import type { Network } from '../../network.ts';
import type { FlatState } from '../../optimizer.ts';
import { disposeParams, type Params } from '../../params.ts';
import type { StepBatch, Stepper, StepResult } from '../../stepper.ts';
import type { WebGPUBackend } from './device.ts';
import { flatLayout } from './flatWeights.ts';
import { type RecordedNetwork, recordedNetwork } from './recordedNetwork.ts';
import { fitsRecording } from './recording.ts';
import { encode, recorderOf, uniformBytes } from './shader.ts';
import { recordStep } from './unetRecording.ts';
import { adam, gather, gatherGroups } from './update.ts';

/** Null where this UNet has to run op by op. */
export function createStepper(
  network: Network,
  start: FlatState,
  batchSize: number,
): Stepper | null {
  if (network.config.kind !== 'unet') return null;
  if (!fitsRecording(network.config)) return null;
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
  const {
    recording: r,
    inputs,
    result,
    at,
    finishTables,
  } = recordStep(device, config, layout, batchSize);
  // Large batches may need a longer buffer than the device can bind.
  if (r.buffers.some(({ size }) => size > device.limits.maxStorageBufferBindingSize)) {
    for (const buffer of r.buffers) buffer.destroy();
    return null;
  }
  const count = layout.floats;
  const state = {
    weights: r.weights,
    ema: r.buffer(count),
    m: r.buffer(count),
    v: r.buffer(count),
  };
  const gradient = { buffer: r.buffer(count) };
  const squares = { buffer: r.buffer(gatherGroups(count)) };
  const table = { buffer: r.buffer((4 * count) / 64) };
  r.calls.push(gather(count, { parts: r.parts, table, gradient, squares }));
  queue.writeBuffer(table.buffer, 0, layout.table(r.gradients));
  finishTables(queue);
  for (const name of ['weights', 'ema', 'm', 'v'] as const)
    queue.writeBuffer(state[name], 0, layout.pack(start[name]));

  const recorder = recorderOf(device);
  const recorded = r.calls.map((call) => recorder.record(call));
  const update = (hyper: StepHyper) =>
    adam(
      count,
      {
        gradient,
        squares,
        weights: { buffer: state.weights },
        ema: { buffer: state.ema },
        m: { buffer: state.m },
        v: { buffer: state.v },
        result: { buffer: result },
      },
      hyper,
    );
  const hyperBuffer = device.createBuffer({
    size: 32,
    usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
  });
  const first: StepHyper = { step: 1, learningRate: 0, emaDecay: 0, clipNorm: 0 };
  recorded.push(recorder.record(update(first), hyperBuffer));

  const staging: GPUBuffer[] = [];
  let steps = start.step;
  let params: Params | null = null;
  const host = new Float32Array(at.floats);

  function upload(batch: StepBatch, weights: ArrayLike<number>): void {
    host.set(batch.xt, at.x);
    host.set(batch.target, at.target);
    host.set(timeFeatures(batch.time, batch.T, 4 * config.base), at.features);
    host.set(weights, at.weights);
    for (let b = 0; b < batchSize; b++)
      host[at.labels + b] = batch.labels ? batch.labels[b] : config.classes;
    queue.writeBuffer(inputs, 0, host);
  }

  function submit(read: GPUBuffer): void {
    const encoder = device.createCommandEncoder();
    encode(encoder, recorded);
    encoder.copyBufferToBuffer(result, 0, read, 0, read.size);
    queue.submit([encoder.finish()]);
  }

  /** Tensors with copies of a set of weights. */
  function tensors(source: GPUBuffer): Params {
    const encoder = device.createCommandEncoder();
    const copies: Params = {};
    for (const { name, shape } of network.specs) {
      const info = running.makeTensorInfo(shape, 'float32');
      running.uploadToGPU(info.dataId);
      const { resource } = running.tensorMap.get(info.dataId);
      encoder.copyBufferToBuffer(
        source,
        4 * layout.at(name),
        resource as GPUBuffer,
        0,
        4 * layout.size(name),
      );
      copies[name] = engine().makeTensorFromTensorInfo(info) as Tensor;
    }
    queue.submit([encoder.finish()]);
    return copies;
  }

  const bufferOf = { raw: state.weights, ema: state.ema };
  const live = new Map<string, RecordedNetwork | null>();
  const record = (buffer: GPUBuffer) => recordedNetwork(network, config, layout, buffer);

  function quick(weights: 'raw' | 'ema') {
    let made = live.get(weights);
    if (made === undefined) {
      made = record(bufferOf[weights]);
      live.set(weights, made);
    }
    return made?.network;
  }

  /** The device runs what it is given in order, so the copy is of the weights after the steps issued so far. */
  function frozen(weights: 'raw' | 'ema'): RecordedNetwork | null {
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST;
    const buffer = device.createBuffer({ size: 4 * count, usage });
    const encoder = device.createCommandEncoder();
    encoder.copyBufferToBuffer(bufferOf[weights], 0, buffer, 0, 4 * count);
    device.queue.submit([encoder.finish()]);
    const made = record(buffer);
    if (!made) return null;
    return {
      network: made.network,
      dispose() {
        made.dispose();
        buffer.destroy();
      },
    };
  }

  function forget(): void {
    if (params) disposeParams(params);
    params = null;
  }

  async function readFloats(read: GPUBuffer): Promise<Float32Array<ArrayBuffer>> {
    await read.mapAsync(GPUMapMode.READ);
    const values = new Float32Array(read.getMappedRange().slice(0));
    read.unmap();
    return values;
  }

  const readable = (size: number) =>
    device.createBuffer({ size, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });

  return {
    quick,
    frozen,
    bytes: r.buffers.reduce((total, { size }) => total + size, 0),
    store: {
      params() {
        params ??= tensors(state.weights);
        return params;
      },
      emaParams: () => tensors(state.ema),
      async read() {
        const at = steps;
        const encoder = device.createCommandEncoder();
        const copies = (['weights', 'ema', 'm', 'v'] as const).map((name) => {
          const copy = readable(4 * count);
          encoder.copyBufferToBuffer(state[name], 0, copy, 0, 4 * count);
          return copy;
        });
        queue.submit([encoder.finish()]);
        const [weights, ema, m, v] = await Promise.all(
          copies.map(async (copy) => {
            const values = layout.unpack(await readFloats(copy));
            copy.destroy();
            return values;
          }),
        );
        return { step: at, weights, ema, m, v };
      },
      dispose() {
        forget();
        for (const made of live.values()) made?.dispose();
        for (const buffer of [...r.buffers, ...staging, hyperBuffer]) buffer.destroy();
      },
    },
    async issue(batch, weights, hyper): Promise<StepResult> {
      forget();
      upload(batch, weights);
      const { source, uniforms } = update(hyper);
      queue.writeBuffer(hyperBuffer, 0, uniformBytes(source, uniforms));
      const read = staging.pop() ?? readable(Math.ceil((1 + batchSize) / 4) * 16);
      submit(read);
      steps = hyper.step;
      const values = await readFloats(read);
      staging.push(read);
      return { gradNorm: values[0], errors: values.subarray(1, 1 + batchSize) };
    },
  };
}
