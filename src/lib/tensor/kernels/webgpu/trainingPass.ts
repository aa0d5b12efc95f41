/** A whole training step recorded: forward, squared error, backward, optimiser. */
import { type Graph, sizeOfShape } from '../../graph/node.ts';
import type { FlatState } from '../../optimizer.ts';
import { type DeviceOptimizer, deviceOptimizer } from './deviceOptimizer.ts';
import type { FlatLayout } from './flatWeights.ts';
import type { InputLayout } from './inputLayout.ts';
import { weightedMse } from './loss.ts';
import { recordBackward, recordForward } from './passes.ts';
import { createRecording, type Recording } from './recording.ts';
import { type Recorded, recorderOf } from './shader.ts';

export interface TrainingPass {
  calls: Recorded[];
  /** What a step is given, by `at`. */
  inputs: GPUBuffer;
  at: InputLayout;
  /** What comes out: the norm of the gradient, the error of each image, and where the device draws them, the times. */
  result: GPUBuffer;
  optimizer: DeviceOptimizer;
  bytes: number;
  dispose(): void;
}

/** Null where a buffer would be longer than the device can bind. `start` is copied. */
export function recordTraining(
  device: GPUDevice,
  graph: Graph,
  layout: FlatLayout,
  batch: number,
  start: FlatState,
): TrainingPass | null {
  const result = device.createBuffer({
    size: Math.ceil((1 + 2 * batch) / 4) * 16,
    usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC,
  });
  const optimizer = deviceOptimizer(graph.specs, layout, start, result);
  const r = createRecording(device, graph, layout, batch, optimizer.state.weights);
  recordGradient(r, result);
  r.calls.push(optimizer.gather(r.parts, r.collected()).all);
  const buffers = () => [...r.buffers, result];
  const dispose = () => {
    optimizer.store.dispose();
    for (const buffer of buffers()) buffer.destroy();
  };
  if (!r.finish()) {
    dispose();
    return null;
  }
  const recorder = recorderOf(device);
  return {
    calls: [...r.calls.map((call) => recorder.record(call)), optimizer.adam],
    ...{ inputs: r.inputs, at: r.at, result, optimizer, dispose },
    bytes: buffers().reduce((total, { size }) => total + size, optimizer.bytes),
  };
}

function recordGradient(r: Recording, result: GPUBuffer): void {
  const { batch, at } = r;
  const places = recordForward(r);
  const output = places[r.graph.output];
  const size = sizeOfShape(output.shape);
  const dOutput = r.place(output.shape);
  r.calls.push(
    weightedMse(
      { batch, size },
      {
        prediction: output.data,
        target: r.input(at.target, batch * size),
        weights: r.input(at.weights, batch),
        gradient: dOutput.data,
        errors: { buffer: result },
      },
    ),
  );
  recordBackward(r, places, dOutput);
}
