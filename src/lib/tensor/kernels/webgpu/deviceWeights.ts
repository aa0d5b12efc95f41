/** What the optimiser remembers, on the device: weights, their average, and Adam's two moments, each one flat buffer. */
import { engine, type Tensor } from '@tensorflow/tfjs-core';
import type { FlatState, WeightStore } from '../../optimizer.ts';
import { disposeParams, type ParamSpec, type Params } from '../../params.ts';
import type { WebGPUBackend } from './device.ts';
import type { FlatLayout } from './flatWeights.ts';

const NAMES = ['weights', 'ema', 'm', 'v'] as const;
export type StateBuffers = Record<(typeof NAMES)[number], GPUBuffer>;

/** A buffer that the host can read. */
export const readable = (device: GPUDevice, size: number) =>
  device.createBuffer({ size, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });

export async function readFloats(buffer: GPUBuffer): Promise<Float32Array<ArrayBuffer>> {
  await buffer.mapAsync(GPUMapMode.READ);
  const values = new Float32Array(buffer.getMappedRange().slice(0));
  buffer.unmap();
  return values;
}

/** `start` is copied into the buffers. `moved` is to be called after each step, `dispose` leaves the buffers alone. */
export function deviceWeights(
  running: WebGPUBackend,
  specs: ParamSpec[],
  layout: FlatLayout,
  state: StateBuffers,
  start: FlatState,
): WeightStore & { moved(step: number): void } {
  const { device } = running;
  for (const name of NAMES) device.queue.writeBuffer(state[name], 0, layout.pack(start[name]));
  let steps = start.step;
  let params: Params | null = null;

  /** Tensors with copies of a set of weights. */
  function tensors(source: GPUBuffer): Params {
    const encoder = device.createCommandEncoder();
    const copies: Params = {};
    for (const { name, shape } of specs) {
      const info = running.makeTensorInfo(shape, 'float32');
      running.uploadToGPU(info.dataId);
      const target = running.tensorMap.get(info.dataId).resource as GPUBuffer;
      encoder.copyBufferToBuffer(source, 4 * layout.at(name), target, 0, 4 * layout.size(name));
      copies[name] = engine().makeTensorFromTensorInfo(info) as Tensor;
    }
    device.queue.submit([encoder.finish()]);
    return copies;
  }

  function forget(): void {
    if (params) disposeParams(params);
    params = null;
  }

  return {
    moved(step) {
      steps = step;
      forget();
    },
    params() {
      params ??= tensors(state.weights);
      return params;
    },
    emaParams: () => tensors(state.ema),
    async read() {
      const at = steps;
      const encoder = device.createCommandEncoder();
      const bytes = 4 * layout.floats;
      const copies = NAMES.map((name) => {
        const copy = readable(device, bytes);
        encoder.copyBufferToBuffer(state[name], 0, copy, 0, bytes);
        return copy;
      });
      device.queue.submit([encoder.finish()]);
      const [weights, ema, m, v] = await Promise.all(
        copies.map(async (copy) => {
          const values = layout.unpack(await readFloats(copy));
          copy.destroy();
          return values;
        }),
      );
      return { step: at, weights, ema, m, v };
    },
    dispose: forget,
  };
}
