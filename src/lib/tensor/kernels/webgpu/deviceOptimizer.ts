/** Adam and the moving average on the device: what they remember, and their calls (update.ts). */
import { backend } from '@tensorflow/tfjs-core';
import type { StepHyper } from '../../adam.ts';
import type { FlatState, WeightStore } from '../../optimizer.ts';
import type { ParamSpec } from '../../params.ts';
import type { WebGPUBackend } from './device.ts';
import { deviceWeights, type StateBuffers } from './deviceWeights.ts';
import type { FlatLayout, GradientParts } from './flatWeights.ts';
import { type Call, type Recorded, recorderOf, type Slice, uniformBytes } from './shader.ts';
import { adam, gather, gatherGroups } from './update.ts';

export interface DeviceOptimizer {
  state: StateBuffers;
  gradient: GPUBuffer;
  squares: GPUBuffer;
  /** Sums the parts of a backward pass: they become the gradient, or `more` is added to what is there. */
  gather(
    parts: Slice,
    gradients: ReadonlyMap<string, GradientParts[]>,
  ): Record<'all' | 'more', Call>;
  /** One step with the gradient, by the numbers of `setHyper`. The norm goes to index 0 of `result`. */
  adam: Recorded;
  setHyper(hyper: StepHyper): void;
  store: WeightStore;
  bytes: number;
}

/** `start` is copied. */
export function deviceOptimizer(
  specs: ParamSpec[],
  layout: FlatLayout,
  start: FlatState,
  result: GPUBuffer,
): DeviceOptimizer {
  const running = backend() as unknown as WebGPUBackend;
  const { device } = running;
  const count = layout.floats;
  const made: GPUBuffer[] = [];
  function buffer(floats: number, extra = 0): GPUBuffer {
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    const one = device.createBuffer({ size: Math.ceil(floats / 4) * 16, usage: usage | extra });
    made.push(one);
    return one;
  }
  const [weights, ema, m, v, gradient] = Array.from({ length: 5 }, () => buffer(count));
  const squares = buffer(gatherGroups(count));
  const state = { weights, ema, m, v };
  const { moved, ...store } = deviceWeights(running, specs, layout, state, start);

  const named = { gradient, squares, weights, m, v, ema, result };
  const slices = Object.fromEntries(
    Object.entries(named).map(([name, one]) => [name, { buffer: one }]),
  ) as Record<keyof typeof named, Slice>;
  const call = (hyper: StepHyper) => adam(count, slices, hyper);
  const nothing = call({ step: 1, learningRate: 0, emaDecay: 0, clipNorm: 0 });
  const hyperBuffer = device.createBuffer({
    size: uniformBytes(nothing.source, nothing.uniforms).byteLength,
    usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
  });
  made.push(hyperBuffer);

  return {
    state,
    gradient,
    squares,
    gather(parts, gradients) {
      const rows = layout.table(gradients);
      const table = buffer(rows.length);
      device.queue.writeBuffer(table, 0, rows);
      const { gradient, squares } = slices;
      const buffers = { parts, table: { buffer: table }, gradient, squares };
      return { all: gather(count, buffers), more: gather(count, buffers, true) };
    },
    adam: recorderOf(device).record(nothing, hyperBuffer),
    setHyper(hyper) {
      const { source, uniforms } = call(hyper);
      device.queue.writeBuffer(hyperBuffer, 0, uniformBytes(source, uniforms));
      moved(hyper.step);
    },
    store: {
      ...store,
      dispose() {
        store.dispose();
        for (const one of made) one.destroy();
      },
    },
    get bytes() {
      return made.reduce((total, { size }) => total + size, 0);
    },
  };
}
