/**
 * The training step of a network on WebGPU without the tape: forward, squared error, backward and optimiser are recorded
 * once and replayed with one small upload, one compute pass and one small read-back for each step. The numbers are those of
 * the op-by-op path, up to rounding.
 */

import { backend } from '@tensorflow/tfjs-core';
import { timeFeatures } from '../../../math/process/timeFeatures.ts';
import type { StepHyper } from '../../adam.ts';
import type { Batch, BatchOptions } from '../../batch.ts';
import { classesOf } from '../../graph/node.ts';
import type { Network } from '../../network.ts';
import { timeWidth } from '../../networks/conditioned.ts';
import type { FlatState } from '../../optimizer.ts';
import type { DrawingSteps, Stepper } from '../../stepper.ts';
import type { WebGPUBackend } from './device.ts';
import { type DeviceBatches, deviceBatches } from './deviceBatches.ts';
import { flatLayout } from './flatWeights.ts';
import { fitsRecording } from './fusion.ts';
import { ownedNetwork, type RecordedNetwork, recordedNetwork } from './recordedNetwork.ts';
import { resultReader } from './resultReader.ts';
import { encode, type Recorded, recorderOf } from './shader.ts';
import { recordTraining } from './trainingPass.ts';

/** Null where this network has to run op by op: our shaders cannot, or it needs a longer buffer than the device can bind. */
export function createStepper(
  network: Network,
  start: FlatState,
  batchSize: number,
): Stepper | null {
  const { graph, specs } = network;
  if (!fitsRecording(graph)) return null;
  const { device } = backend() as unknown as WebGPUBackend;
  const { queue } = device;
  const layout = flatLayout(specs);
  const pass = recordTraining(device, graph, layout, batchSize, start);
  if (!pass) return null;
  const { optimizer, calls: recorded, inputs, result, at } = pass;
  const { state } = optimizer;
  const recorder = recorderOf(device);

  const width = timeWidth(graph);
  const classes = classesOf(graph);
  const host = new Float32Array(at.floats);

  function upload(batch: Batch, weights: ArrayLike<number>): void {
    host.set(batch.xt, at.values.x);
    host.set(batch.target, at.target);
    host.set(timeFeatures(batch.time, batch.T, width), at.values.features);
    host.set(weights, at.weights);
    for (let b = 0; b < batchSize; b++)
      host[at.labels + b] = batch.labels ? batch.labels[b] : classes;
    queue.writeBuffer(inputs, 0, host);
  }

  const reader = resultReader(device, result);

  /** Runs one step on the batch that `before` makes, or that has been uploaded; brings the whole of `result`. */
  function run(hyper: StepHyper, before: Recorded[] = [], unread = false): Promise<Float32Array> {
    optimizer.setHyper(hyper);
    const encoder = device.createCommandEncoder();
    encode(encoder, [...before, ...recorded]);
    const values = reader.add(encoder);
    const fetch = !unread || reader.full() ? reader.collect(encoder) : null;
    queue.submit([encoder.finish()]);
    fetch?.();
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
    const { x, features } = at.values;
    const { target, weights, labels } = at;
    const batches = deviceBatches(device, options, {
      width,
      at: { x, features, target, weights, labels, times: 1 + batchSize },
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

  const bufferOf = { raw: state.weights, ema: state.ema };
  const live = new Map<string, RecordedNetwork | null>();

  function quick(weights: 'raw' | 'ema') {
    let made = live.get(weights);
    if (made === undefined) {
      made = recordedNetwork(network, layout, bufferOf[weights]);
      live.set(weights, made);
    }
    return made?.network;
  }

  /** The device runs what it is given in order, so the copy is of the weights after the steps issued so far. */
  const frozen = (weights: 'raw' | 'ema'): RecordedNetwork | null =>
    ownedNetwork(network, layout, (copy) => {
      const encoder = device.createCommandEncoder();
      encoder.copyBufferToBuffer(bufferOf[weights], 0, copy, 0, 4 * layout.floats);
      queue.submit([encoder.finish()]);
    });

  return {
    quick,
    frozen,
    drawing,
    flush,
    get bytes() {
      return [pass, ...sources].reduce((total, { bytes }) => total + bytes, 0);
    },
    store: {
      ...optimizer.store,
      dispose() {
        for (const made of [...live.values(), ...sources]) made?.dispose();
        reader.dispose();
        pass.dispose();
      },
    },
    async issue(batch, weights, hyper) {
      upload(batch, weights);
      return outcome(await run(hyper));
    },
  };
}
