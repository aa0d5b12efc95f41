/** A network with weights from a file. */

import { backend } from '@tensorflow/tfjs-core';
import { createNetwork } from '../../network.ts';
import { kernelChoice } from '../../ops/fused.ts';
import { disposeParams, toTensors } from '../../params.ts';
import { type CompiledNetwork, compileNetwork } from '../../plans.ts';
import type { Loaded } from '../recipe.ts';
import { answersOf, type OpenModel } from './answers.ts';
import type { CheckpointConfig } from './config.ts';
import type { DiffusionKind } from './kind.ts';

/** Images that the compiled network takes at a time. */
const BATCH = 16;

export interface LoadedNetwork extends Loaded<DiffusionKind> {
  /** Compiled where the backend can (plans.ts), and kept so for the next time; `layers`: op by op, closed by the caller. */
  open(layers?: boolean): Promise<OpenModel>;
}

export function loadNetwork(
  { model, diffusion }: CheckpointConfig,
  weights: Float32Array<ArrayBuffer>,
): LoadedNetwork {
  const network = createNetwork(model);
  let compiled: Promise<CompiledNetwork | null> | undefined;
  /** The device and the kernels that it was compiled for: a device may be lost, or changed for another. */
  let owner: unknown;
  let kernels: string | undefined;
  const forget = () => {
    void compiled?.then((made) => made?.dispose());
    compiled = undefined;
  };
  const compile = () => {
    if (owner !== backend() || kernels !== kernelChoice()) forget();
    [owner, kernels] = [backend(), kernelChoice()];
    compiled ??= compileNetwork(network, weights, BATCH);
    return compiled;
  };
  const open = async (layers = false): Promise<OpenModel> => {
    const made = layers ? null : await compile();
    if (made) return { model: { network: made.network, params: {}, diffusion }, close() {} };
    const params = toTensors(network.specs, weights);
    return { model: { network, params, diffusion }, close: () => disposeParams(params) };
  };
  return {
    open,
    dispose: forget,
    ...answersOf({ config: { model, diffusion }, open: (_averaged, layers) => open(layers) }),
  };
}
