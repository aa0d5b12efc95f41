/** Networks with weights that the worker can sample from and look into, whether in training or loaded from a file. */

import {
  type CheckpointConfig,
  type CheckpointRecord,
  readCheckpoint,
  requireTensors,
  scheduleOf,
} from '../checkpoint/index.ts';
import { conversion } from '../math/process/parameterization.ts';
import { createNetwork, type Network } from '../tensor/network.ts';
import { kernelChoice } from '../tensor/ops/fused.ts';
import { countParameters, flatten, toTensors } from '../tensor/params.ts';
import { type CompiledNetwork, compileNetwork } from '../tensor/plans.ts';
import type { Model } from '../tensor/sample.ts';
import { backend, keep, type Tensor, tidy } from '../tensor/tf.ts';
import { imageTensor } from '../tensor/train.ts';
import type { ActivationRequest, ActivationResult, LayerActivation } from './protocol.ts';
import { Refusal } from './refusal.ts';

/** A checkpoint in host memory; its tensors are made for each use, so that it outlives a lost device. */
export interface LoadedModel {
  config: CheckpointConfig;
  record: CheckpointRecord | null;
  network: Network;
  parameters: number;
  /** With tensors, the caller's to dispose. */
  open(): Model;
  /** Compiled, where the backend can (plans.ts), else null. Made at the first call, for sampling only. */
  compiled(): Promise<Model | null>;
  dispose(): void;
}

/** Images that the compiled network takes at a time. */
const BATCH = 16;

export function loadModel(bytes: Uint8Array): LoadedModel {
  const { config, record, tensors } = readCheckpoint(bytes);
  const network = createNetwork(config.model);
  const own = Object.entries(tensors).filter(([name]) => !name.startsWith('run.'));
  requireTensors(Object.fromEntries(own), network.specs);
  const flat = flatten(network.specs, tensors);
  const { diffusion } = config;
  let compiled: Promise<CompiledNetwork | null> | undefined;
  /** The device and the kernels that it was compiled for: a device may be lost, or changed for another. */
  let owner: unknown;
  let kernels: string | undefined;
  const forget = () => {
    void compiled?.then((made) => made?.dispose());
    compiled = undefined;
  };
  return {
    config,
    record,
    network,
    parameters: countParameters(network.specs),
    open: () => ({
      network,
      params: toTensors(network.specs, flat),
      diffusion,
    }),
    async compiled() {
      if (owner !== backend() || kernels !== kernelChoice()) forget();
      [owner, kernels] = [backend(), kernelChoice()];
      compiled ??= compileNetwork(network, flat, BATCH);
      const made = await compiled;
      return made && { network: made.network, params: {}, diffusion };
    },
    dispose: forget,
  };
}

/** The output of every layer for one image, and what the network makes of it. */
export async function activations(
  model: Model,
  { x, t, label }: ActivationRequest,
): Promise<ActivationResult> {
  const { network, params, diffusion } = model;
  const size = network.imageShape.reduce((a, b) => a * b, 1);
  if (x.length !== size)
    throw new Refusal(
      'badConfig',
      `The network takes an image of ${size} numbers, but got ${x.length}. Give it one image of its own size.`,
    );
  const schedule = scheduleOf(diffusion);
  const k = conversion(diffusion.prediction, 'x0', t, schedule);
  const seen: { name: string; output: Tensor }[] = [];
  const prediction = tidy(() =>
    network.forward(params, imageTensor(network, x), {
      t: [t],
      T: diffusion.T,
      labels: label === undefined ? undefined : [label],
      probe: (name, output) => seen.push({ name, output: keep(output.clone()) }),
    }),
  );
  const layers: LayerActivation[] = [];
  for (const { name, output } of seen) {
    const shape = output.shape.length === 4 ? output.shape.slice(1) : [1, 1, output.shape[1]];
    layers.push({
      name,
      shape: shape as [number, number, number],
      data: Float32Array.from(await output.data()),
    });
    output.dispose();
  }
  const values = Float32Array.from(await prediction.data());
  prediction.dispose();
  return {
    layers,
    prediction: values,
    x0: values.map((value, i) => k.xt * x[i] + k.prediction * value),
  };
}
