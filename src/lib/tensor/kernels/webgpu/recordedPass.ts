/** A forward pass for a number of images, recorded, and the sampler's step behind it. */
import { MOST_REGISTERS } from '../../../math/samplers/program.ts';
import { type Graph, inputShape, sizeOfShape } from '../../graph/node.ts';
import type { FlatLayout } from './flatWeights.ts';
import { recordForward } from './passes.ts';
import { createRecording } from './recording.ts';
import { type StepNumbers, samplerStep } from './samplerStep.ts';
import { type Recorded, recorderOf, uniformBytes } from './shader.ts';

export type RecordedPass = ReturnType<typeof recordPass>;

/** `weights` live in a buffer of someone else's. `guided`: the second half of the images are the first, told no label. */
export function recordPass(
  device: GPUDevice,
  graph: Graph,
  layout: FlatLayout,
  weights: GPUBuffer,
  { batch, guided }: { batch: number; guided: boolean },
) {
  const r = createRecording(device, graph, layout, batch, weights);
  const { data: prediction, shape: answer } = recordForward(r)[graph.output];
  const shape = inputShape(graph, 'x');
  r.keep(prediction);
  r.finish();
  const recorder = recorderOf(device);
  const calls: Recorded[] = r.calls.map((call) => recorder.record(call));

  const images = guided ? batch / 2 : batch;
  const size = sizeOfShape(shape);
  const count = images * size;
  const [z, x0] = Array.from({ length: 2 }, () => ({ buffer: r.buffer(count) }));
  const memory = { buffer: r.buffer((MOST_REGISTERS - 1) * count) };
  const next = { buffer: r.buffer(MOST_REGISTERS * count) };
  const places = { buffer: r.buffer(3 * images) };
  const x = r.given('x');
  const sizes = { count, size, channels: shape.c, answers: answer.c };
  const move = (numbers: StepNumbers) =>
    samplerStep(sizes, { x, memory, prediction, z, places, next, x0 }, numbers);
  const flags = { guided, clip: false, noisy: false, drawn: false };
  const nothing = move({ ...flags, g: 1, kx: 0, kp: 0, weights: [] });
  const numbers = device.createBuffer({
    size: uniformBytes(nothing.source, nothing.uniforms).byteLength,
    usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
  });
  const step = recorder.record(nothing, numbers);
  const { at, inputs } = r;
  return {
    ...{ calls, step, memory, z, places, next, x0 },
    inputs,
    /** Where x begins in `inputs`, in bytes. */
    xAt: 4 * at.values.x,
    prediction: prediction.buffer,
    /** Time and class of each image. */
    tell(features: Float32Array<ArrayBuffer>, labels: Float32Array<ArrayBuffer>) {
      device.queue.writeBuffer(inputs, 4 * at.values.features, features);
      device.queue.writeBuffer(inputs, 4 * at.labels, labels);
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
