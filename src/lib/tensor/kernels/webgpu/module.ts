/** The seam (../../module.ts) on WebGPU: recorded passes, with the collected gradient and the optimiser on the device. */
import { backend } from '@tensorflow/tfjs-core';
import { classesOf, inputShape, sizeOfShape } from '../../graph/node.ts';
import type { ModuleInputs, OpenModule } from '../../module.ts';
import type { WebGPUBackend } from './device.ts';
import { deviceOptimizer } from './deviceOptimizer.ts';
import { readable, readFloats } from './deviceWeights.ts';
import { flatLayout } from './flatWeights.ts';
import { fitsRecording } from './fusion.ts';
import { type ModulePass, recordModule } from './modulePass.ts';
import { encode, type Slice } from './shader.ts';

/** Some images of a batch: the pass that takes them, and what it is given. */
interface Chunk {
  pass: ModulePass;
  from: number;
  host: Float32Array<ArrayBuffer>;
}

/**
 * A batch of more than `batch` images goes through in pieces, and its backward pass takes each piece forwards again. Null
 * where the shaders cannot run the network, or a piece needs a longer buffer than the device can bind.
 */
export const openModule: OpenModule = async (graph, start, batch, wanted = []) => {
  if (!fitsRecording(graph)) return null;
  const { device } = backend() as unknown as WebGPUBackend;
  const { queue } = device;
  const layout = flatLayout(graph.specs);
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC;
  const result = device.createBuffer({ size: 16, usage });
  const optimizer = deviceOptimizer(graph.specs, layout, start, result);
  const passes = new Map<number, ModulePass>();

  const record = (images: number) => recordModule(device, graph, layout, images, optimizer);
  function dispose(): void {
    optimizer.store.dispose();
    result.destroy();
    for (const pass of passes.values()) pass.dispose();
    passes.clear();
  }
  const usual = record(batch);
  if (!usual) {
    dispose();
    return null;
  }
  passes.set(batch, usual);

  function passFor(images: number): ModulePass {
    // No longer than the usual one.
    const pass = passes.get(images) ?? (record(images) as ModulePass);
    passes.set(images, pass);
    return pass;
  }

  const classes = classesOf(graph);
  const size = sizeOfShape(graph.nodes[graph.output].shape);
  const sizes = Object.keys(usual.at.values).map(
    (name) => [name, sizeOfShape(inputShape(graph, name))] as const,
  );

  function chunksOf({ values, labels }: ModuleInputs): Chunk[] {
    const [[first, length]] = sizes;
    const count = (values[first]?.length ?? 0) / length;
    for (const [name, each] of sizes)
      if (values[name]?.length !== count * each || !Number.isInteger(count) || count === 0)
        throw new RangeError(
          `Input "${name}" should have ${each} numbers for each image; found ${values[name]?.length ?? 0}, where "${first}" has ${count} images.`,
        );
    const chunks: Chunk[] = [];
    for (let from = 0; from < count; from += batch) {
      const images = Math.min(batch, count - from);
      const pass = passFor(images);
      const host = new Float32Array(pass.at.floats);
      for (const [name, each] of sizes)
        host.set(values[name].subarray(from * each, (from + images) * each), pass.at.values[name]);
      for (let i = 0; i < images; i++) host[pass.at.labels + i] = labels?.[from + i] ?? classes;
      chunks.push({ pass, from, host });
    }
    return chunks;
  }

  /** Adds a copy of device memory to the commands; it can be read when they have been submitted. */
  function copy(encoder: GPUCommandEncoder, { buffer, offset = 0 }: Slice, floats: number) {
    const target = readable(device, Math.ceil(floats / 4) * 16);
    encoder.copyBufferToBuffer(buffer, offset, target, 0, 4 * floats);
    return async () => {
      const values = await readFloats(target);
      target.destroy();
      return values.subarray(0, floats);
    };
  }

  let last: Chunk[] = [];
  /** Nothing has been collected since the last update. */
  let empty = true;

  return {
    graph,
    async forward(inputs) {
      last = chunksOf(inputs);
      const reads = last.map(({ pass, host }) => {
        queue.writeBuffer(pass.inputs, 0, host);
        const encoder = device.createCommandEncoder();
        encode(encoder, pass.forward);
        const read = copy(encoder, pass.output, pass.batch * size);
        queue.submit([encoder.finish()]);
        return read();
      });
      return joined(await Promise.all(reads));
    },

    async backward(dOutput) {
      const known = sizes.filter(([name]) => wanted.includes(name));
      const count = last.reduce((total, { pass }) => total + pass.batch, 0);
      if (dOutput.length !== count * size)
        throw new RangeError(
          `The gradient of the output should have ${size} numbers for each of the ${count} images that last went forward; found ${dOutput.length}.`,
        );
      const found = new Map(known.map(([name]) => [name, [] as Promise<Float32Array>[]]));
      for (const { pass, from, host } of last) {
        const way = pass.backward[known.length > 0 ? 'toInputs' : 'alone'];
        const given = dOutput.slice(from * size, (from + pass.batch) * size);
        const encoder = device.createCommandEncoder();
        if (last.length > 1) {
          queue.writeBuffer(pass.inputs, 0, host);
          encode(encoder, pass.forward);
        }
        queue.writeBuffer(pass.inputs, 4 * pass.at.target, given);
        encode(encoder, way.calls()[empty ? 'all' : 'more']);
        empty = false;
        const reads = known.map(([name, each]) => {
          const place = way.inputs.get(name);
          if (!place) throw new Error(`The network's output does not depend on "${name}".`);
          return [name, copy(encoder, place.data, pass.batch * each)] as const;
        });
        queue.submit([encoder.finish()]);
        for (const [name, read] of reads) found.get(name)?.push(read());
      }
      const entries = [...found].map(
        async ([name, reads]) => [name, joined(await Promise.all(reads))] as const,
      );
      return Object.fromEntries(await Promise.all(entries));
    },

    async update(hyper) {
      const encoder = device.createCommandEncoder();
      if (empty)
        for (const buffer of [optimizer.gradient, optimizer.squares]) encoder.clearBuffer(buffer);
      empty = true;
      optimizer.setHyper(hyper);
      encode(encoder, [optimizer.adam]);
      const read = copy(encoder, { buffer: result }, 1);
      queue.submit([encoder.finish()]);
      return (await read())[0];
    },
    store: optimizer.store,
    dispose,
  };
};

function joined(pieces: Float32Array[]): Float32Array {
  if (pieces.length === 1) return pieces[0];
  const whole = new Float32Array(pieces.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
