/**
 * A UNet on WebGPU with weights that lie in one buffer, without TensorFlow.js between its layers: a prediction, or a
 * whole step of a sampler, is one submission of recorded calls for a chunk of images.
 */
import { backend, engine, type Tensor4D } from '@tensorflow/tfjs-core';
import type { UNetConfig } from '../../../checkpoint/config.ts';
import { timeFeatures } from '../../../math/process/timeFeatures.ts';
import { MOST_REGISTERS } from '../../../math/samplers/program.ts';
import type { Network } from '../../network.ts';
import { unetPlan } from '../../networks/unetPlan.ts';
import { flush, type WebGPUBackend } from './device.ts';
import type { FlatLayout } from './flatWeights.ts';
import { recordPrediction } from './forwardRecording.ts';
import { type StepNumbers, samplerStep, takeStreams } from './samplerStep.ts';
import { encode, type Recorded, recorderOf, uniformBytes } from './shader.ts';

export interface RecordedNetwork {
  network: Network;
  dispose(): void;
}

/** Images of one pass at most. */
const LARGEST = 64;

/** One recording: its calls, and the sampler's step behind them. */
type Pass = ReturnType<typeof recordPass>;

function recordPass(
  device: GPUDevice,
  config: UNetConfig,
  layout: FlatLayout,
  weights: GPUBuffer,
  batch: number,
  guided: boolean,
) {
  const r = recordPrediction(device, config, layout, batch, weights);
  const recorder = recorderOf(device);
  const images = guided ? batch / 2 : batch;
  const size = r.x.size / batch;
  const count = images * size;
  const [z, x0] = Array.from({ length: 2 }, () => ({ buffer: r.buffer(count) }));
  const memory = { buffer: r.buffer((MOST_REGISTERS - 1) * count) };
  const next = { buffer: r.buffer(MOST_REGISTERS * count) };
  const places = { buffer: r.buffer(3 * images) };
  const { x, prediction } = r;
  const move = (numbers: StepNumbers) =>
    samplerStep({ count, size }, { x: x.slice, memory, prediction, z, places, next, x0 }, numbers);
  const flags = { guided, clip: false, noisy: false, drawn: false };
  const nothing = move({ ...flags, g: 1, kx: 0, kp: 0, weights: [] });
  const numbers = device.createBuffer({
    size: uniformBytes(nothing.source, nothing.uniforms).byteLength,
    usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
  });
  const calls: Recorded[] = r.calls.map((call) => recorder.record(call));
  const step = recorder.record(nothing, numbers);
  return {
    ...{ calls, step, memory, z, places, next, x0 },
    x: x.slice.buffer,
    prediction: prediction.buffer,
    /** Time and class of each image. */
    tell(features: Float32Array<ArrayBuffer>, labels: Float32Array<ArrayBuffer>) {
      device.queue.writeBuffer(r.conditions, 0, features);
      device.queue.writeBuffer(r.conditions, 4 * r.labelsAt, labels);
    },
    setNumbers(of: StepNumbers) {
      const { source, uniforms } = move(of);
      device.queue.writeBuffer(numbers, 0, uniformBytes(source, uniforms));
    },
    dispose() {
      for (const buffer of [...r.buffers, numbers]) buffer.destroy();
    },
  };
}

/** The same with weights of its own: `fill` writes them into the buffer, which goes with the network. */
export function ownedNetwork(
  network: Network,
  config: UNetConfig,
  layout: FlatLayout,
  fill: (weights: GPUBuffer) => void,
): RecordedNetwork | null {
  const { device } = backend() as unknown as WebGPUBackend;
  const weights = device.createBuffer({
    size: 4 * layout.floats,
    usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST,
  });
  const made = recordedNetwork(network, config, layout, weights);
  if (!made) {
    weights.destroy();
    return null;
  }
  fill(weights);
  return {
    network: made.network,
    dispose() {
      made.dispose();
      weights.destroy();
    },
  };
}

/** Null where a single image needs a longer buffer than the device can bind. */
export function recordedNetwork(
  network: Network,
  config: UNetConfig,
  layout: FlatLayout,
  weights: GPUBuffer,
): RecordedNetwork | null {
  const running = backend() as unknown as WebGPUBackend;
  const { device } = running;
  const { down, up, timeDim } = unetPlan(config);
  const size = config.imageSize ** 2 * config.channels;
  const widest = Math.max(size, ...[...down, ...up].map((b) => b.size ** 2 * b.input));
  const largest = Math.min(
    LARGEST,
    Math.floor(device.limits.maxStorageBufferBindingSize / (4 * widest)),
  );
  if (largest < 2) return null;
  const passes = new Map<string, Pass>();

  function passFor(images: number, guided: boolean): Pass {
    const key = `${images} ${guided}`;
    let pass = passes.get(key);
    if (!pass) {
      pass = recordPass(device, config, layout, weights, images, guided);
      passes.set(key, pass);
    }
    return pass;
  }

  /** A tensor of images on the device, not yet written, and its buffer. */
  function output(shape: number[]) {
    const info = running.makeTensorInfo(shape, 'float32');
    running.uploadToGPU(info.dataId);
    const buffer = running.tensorMap.get(info.dataId).resource as GPUBuffer;
    return { tensor: engine().makeTensorFromTensorInfo(info) as Tensor4D, buffer };
  }

  function bufferOf(x: Tensor4D): GPUBuffer {
    running.uploadToGPU(x.dataId);
    // TensorFlow.js may still hold back the commands that write it.
    flush(running);
    return running.tensorMap.get(x.dataId).resource as GPUBuffer;
  }

  function* chunks(count: number, most: number) {
    for (let from = 0; from < count; from += most)
      yield { from, images: Math.min(most, count - from) };
  }

  const labelsOf = (labels: ArrayLike<number> | undefined, from: number, images: number) =>
    Float32Array.from({ length: images }, (_, i) => labels?.[from + i] ?? config.classes);

  return {
    network: {
      ...network,
      forward(_params, x, { t, T, labels }) {
        const source = bufferOf(x);
        const { tensor, buffer } = output(x.shape);
        const features = timeFeatures(t, T, timeDim) as Float32Array<ArrayBuffer>;
        for (const { from, images } of chunks(x.shape[0], largest)) {
          const pass = passFor(images, false);
          const bytes = 4 * images * size;
          pass.tell(
            features.subarray(from * timeDim, (from + images) * timeDim),
            labelsOf(labels, from, images),
          );
          const encoder = device.createCommandEncoder();
          encoder.copyBufferToBuffer(source, 4 * from * size, pass.x, 0, bytes);
          encode(encoder, pass.calls);
          encoder.copyBufferToBuffer(pass.prediction, 0, buffer, 4 * from * size, bytes);
          device.queue.submit([encoder.finish()]);
        }
        return tensor;
      },
      sampleStep(registers, { t, T, labels, guidanceScale, toX0, clip, weights, noise }) {
        const [x] = registers;
        const [source, ...kept] = registers.map(bufferOf);
        const next = weights.map(() => output(x.shape));
        const x0 = output(x.shape);
        const guided = guidanceScale !== 1 && labels !== undefined && config.classes > 0;
        const halves = guided ? 2 : 1;
        const row = timeFeatures([t], T, timeDim);
        const places = noise && takeStreams(noise.streams, size);
        const z = noise && !places ? noise.draw() : null;
        const flags = { guided, clip, noisy: noise !== null, drawn: places !== null };
        const scalars = { g: guidanceScale, kx: toX0.xt, kp: toX0.prediction };
        for (const { from, images } of chunks(x.shape[0], Math.floor(largest / halves))) {
          const pass = passFor(halves * images, guided);
          const bytes = 4 * images * size;
          const features = new Float32Array(halves * images * timeDim);
          for (let i = 0; i < halves * images; i++) features.set(row, i * timeDim);
          const told = new Float32Array(halves * images).fill(config.classes);
          told.set(labelsOf(labels, from, images));
          pass.tell(features, told);
          pass.setNumbers({ ...flags, ...scalars, weights });
          if (places) device.queue.writeBuffer(pass.places.buffer, 0, places, 3 * from, 3 * images);
          if (z) device.queue.writeBuffer(pass.z.buffer, 0, z, from * size, images * size);
          const encoder = device.createCommandEncoder();
          for (let half = 0; half < halves; half++)
            encoder.copyBufferToBuffer(source, 4 * from * size, pass.x, half * bytes, bytes);
          for (const [r, one] of kept.entries())
            encoder.copyBufferToBuffer(one, 4 * from * size, pass.memory.buffer, r * bytes, bytes);
          encode(encoder, [...pass.calls, pass.step]);
          for (const [r, one] of next.entries())
            encoder.copyBufferToBuffer(
              pass.next.buffer,
              r * bytes,
              one.buffer,
              4 * from * size,
              bytes,
            );
          encoder.copyBufferToBuffer(pass.x0.buffer, 0, x0.buffer, 4 * from * size, bytes);
          device.queue.submit([encoder.finish()]);
        }
        return [next.map(({ tensor }) => tensor), x0.tensor];
      },
    },
    dispose() {
      for (const pass of passes.values()) pass.dispose();
      passes.clear();
    },
  };
}
