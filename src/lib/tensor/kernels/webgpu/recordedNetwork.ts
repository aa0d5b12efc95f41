/**
 * A network on WebGPU with weights that lie in one buffer, without TensorFlow.js between its layers: a prediction, or a
 * whole step of a sampler, is one submission of recorded calls for a chunk of images.
 */
import { backend, engine, type Tensor4D } from '@tensorflow/tfjs-core';
import { timeFeatures } from '../../../math/process/timeFeatures.ts';
import { classesOf, inputShape, type Node, pixels, sizeOfShape } from '../../graph/node.ts';
import type { Network } from '../../network.ts';
import { timeWidth } from '../../networks/conditioned.ts';
import { flush, type WebGPUBackend } from './device.ts';
import type { FlatLayout } from './flatWeights.ts';
import { type RecordedPass, recordPass } from './recordedPass.ts';
import { takeStreams } from './samplerStep.ts';
import { encode } from './shader.ts';

export interface RecordedNetwork {
  network: Network;
  dispose(): void;
}

/** Images, and points, of one pass at most. */
const LARGEST = { images: 64, points: 4096 };

/** The most that an image has of one thing while a node is computed. */
const numbersOf = (node: Node) =>
  Math.max(
    sizeOfShape(node.shape),
    node.op === 'attention' ? node.heads * pixels(node.shape) ** 2 : 0,
  );

/** The same with weights of its own: `fill` writes them into the buffer, which goes with the network. */
export function ownedNetwork(
  network: Network,
  layout: FlatLayout,
  fill: (weights: GPUBuffer) => void,
): RecordedNetwork | null {
  const { device } = backend() as unknown as WebGPUBackend;
  const weights = device.createBuffer({
    size: 4 * layout.floats,
    usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST,
  });
  const made = recordedNetwork(network, layout, weights);
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
  layout: FlatLayout,
  weights: GPUBuffer,
): RecordedNetwork | null {
  const running = backend() as unknown as WebGPUBackend;
  const { device } = running;
  const { graph } = network;
  const { nodes, output: last } = graph;
  const answer = nodes[last].shape;
  const size = sizeOfShape(inputShape(graph, 'x'));
  const widest = Math.max(...nodes.map(numbersOf));
  const width = timeWidth(graph);
  const classes = classesOf(graph);
  const largest = Math.min(
    pixels(answer) === 1 ? LARGEST.points : LARGEST.images,
    Math.floor(device.limits.maxStorageBufferBindingSize / (4 * widest)),
  );
  if (largest < 2) return null;
  const passes = new Map<string, RecordedPass>();

  function passFor(images: number, guided: boolean): RecordedPass {
    const key = `${images} ${guided}`;
    let pass = passes.get(key);
    if (!pass) {
      pass = recordPass(device, graph, layout, weights, { batch: images, guided });
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

  const featuresOf = (t: ArrayLike<number>, T: number) =>
    timeFeatures(t, T, width) as Float32Array<ArrayBuffer>;

  const labelsOf = (labels: ArrayLike<number> | undefined, from: number, images: number) =>
    Float32Array.from({ length: images }, (_, i) => labels?.[from + i] ?? classes);

  return {
    network: {
      ...network,
      forward(_params, x, { t, T, labels }) {
        const source = bufferOf(x);
        const { tensor, buffer } = output([x.shape[0], answer.h, answer.w, answer.c]);
        const answers = sizeOfShape(answer);
        const features = featuresOf(t, T);
        for (const { from, images } of chunks(x.shape[0], largest)) {
          const pass = passFor(images, false);
          pass.tell(
            features.subarray(from * width, (from + images) * width),
            labelsOf(labels, from, images),
          );
          const encoder = device.createCommandEncoder();
          const [give, take] = [size, answers].map((each) => [4 * from * each, 4 * images * each]);
          encoder.copyBufferToBuffer(source, give[0], pass.inputs, pass.xAt, give[1]);
          encode(encoder, pass.calls);
          encoder.copyBufferToBuffer(pass.prediction, 0, buffer, take[0], take[1]);
          device.queue.submit([encoder.finish()]);
        }
        return tensor;
      },
      sampleStep(registers, { t, T, labels, guidanceScale, toX0, clip, weights, noise }) {
        const [x] = registers;
        const [source, ...kept] = registers.map(bufferOf);
        const next = weights.map(() => output(x.shape));
        const x0 = output(x.shape);
        const guided = guidanceScale !== 1 && labels !== undefined && classes > 0;
        const halves = guided ? 2 : 1;
        const row = featuresOf([t], T);
        const places = noise && takeStreams(noise.streams, size);
        const z = noise && !places ? noise.draw() : null;
        const flags = { guided, clip, noisy: noise !== null, drawn: places !== null };
        const scalars = { g: guidanceScale, kx: toX0.xt, kp: toX0.prediction };
        for (const { from, images } of chunks(x.shape[0], Math.floor(largest / halves))) {
          const pass = passFor(halves * images, guided);
          const bytes = 4 * images * size;
          const features = new Float32Array(halves * images * width);
          for (let i = 0; i < halves * images; i++) features.set(row, i * width);
          const told = new Float32Array(halves * images).fill(classes);
          told.set(labelsOf(labels, from, images));
          pass.tell(features, told);
          pass.setNumbers({ ...flags, ...scalars, weights });
          if (places) device.queue.writeBuffer(pass.places.buffer, 0, places, 3 * from, 3 * images);
          if (z) device.queue.writeBuffer(pass.z.buffer, 0, z, from * size, images * size);
          const encoder = device.createCommandEncoder();
          const first = 4 * from * size;
          for (let half = 0; half < halves; half++) {
            const place = pass.xAt + half * bytes;
            encoder.copyBufferToBuffer(source, first, pass.inputs, place, bytes);
          }
          for (const [r, one] of kept.entries())
            encoder.copyBufferToBuffer(one, first, pass.memory.buffer, r * bytes, bytes);
          encode(encoder, [...pass.calls, pass.step]);
          for (const [r, one] of next.entries())
            encoder.copyBufferToBuffer(pass.next.buffer, r * bytes, one.buffer, first, bytes);
          encoder.copyBufferToBuffer(pass.x0.buffer, 0, x0.buffer, first, bytes);
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
