/**
 * Whole-step plans: a backend may compile a UNet's entire training step (forward, backward, Adam, moving average) into
 * one call, instead of running it op by op. kernels/<backend>/browserPlan.ts exports `createUNetPlan(config, batch)`,
 * null where it cannot. Numbers agree with the op-by-op path up to rounding.
 */
import { getBackend, type Tensor4D, tensor4d } from '@tensorflow/tfjs-core';
import type { ModelConfig, UNetConfig } from '../checkpoint/config.ts';
import { timeFeatures } from '../math/process/timeFeatures.ts';
import type { StepHyper } from './adam.ts';
import type { Network } from './network.ts';
import { kernelChoice } from './ops/fused.ts';
import type { FlatState, WeightStore } from './optimizer.ts';
import { disposeParams, type Params, toTensors } from './params.ts';
import type { Stepper } from './stepper.ts';

interface PlanInputs {
  x: Float32Array;
  /** Sinusoidal time features [n, 4·base]. */
  features: Float32Array;
  labels?: ArrayLike<number>;
}

export interface TrainingPlan {
  threads: number;
  /** What of the best way could not be had, as a sentence; '' where all of it is there. */
  note: string;
  trainStep(
    inputs: PlanInputs & { target: Float32Array; weights: ArrayLike<number> },
    hyper: StepHyper,
    meanwhile?: () => void,
  ): { errors: Float32Array; gradNorm: number };
  /** Between steps; with the live weights, or with a snapshot that nobody writes into. */
  forward(inputs: PlanInputs, weights: 'raw' | 'ema' | Float32Array): Float32Array;
  /** Live memory, flat in the order of the specs; `s` is Adam's second moment. */
  state: Record<'params' | 'ema' | 'm' | 's', Float32Array>;
  /** To be called after a write into `state`. */
  changed(): void;
  /** Lets go of a snapshot that was given to `forward`. */
  forget(snapshot: Float32Array): void;
  dispose(): void;
}

interface PlanModule {
  createUNetPlan(config: UNetConfig, batch: number): Promise<TrainingPlan | null>;
}

const modules = import.meta.glob<PlanModule>('./kernels/*/browserPlan.ts');

/** A plan for the present backend, or null where the step has to run op by op; where that is a pity, `note` says why. */
export async function openPlan(
  config: ModelConfig,
  batch: number,
): Promise<{ plan: TrainingPlan | null; note: string }> {
  const load = modules[`./kernels/${getBackend()}/browserPlan.ts`];
  if (!load || config.kind !== 'unet' || kernelChoice() !== 'ours') return { plan: null, note: '' };
  try {
    const plan = await (await load()).createUNetPlan(config, batch);
    return { plan, note: plan?.note ?? '' };
  } catch (error) {
    // Too little memory for its arena: the op-by-op path needs none.
    const why = error instanceof Error ? error.message : String(error);
    return {
      plan: null,
      note: `The compiled step would not start (${why}), so its operations run one by one.`,
    };
  }
}

type MakeStepper = (network: Network, start: FlatState, batch: number) => Stepper | null;

const steppers = import.meta.glob<{ createStepper: MakeStepper }>('./kernels/*/unetStepper.ts');

/** A backend may instead replay a recorded step on its device; null where it has none. */
export async function stepperMaker(): Promise<MakeStepper | null> {
  const load = steppers[`./kernels/${getBackend()}/unetStepper.ts`];
  if (!load || kernelChoice() !== 'ours') return null;
  return (await load()).createStepper;
}

/** The plan as the stepper of a run. `start` is copied into it. */
export function planStepper(plan: TrainingPlan, network: Network, start: FlatState): Stepper {
  const config = network.config as UNetConfig;
  plan.state.params.set(start.weights);
  plan.state.ema.set(start.ema);
  plan.state.m.set(start.m);
  plan.state.s.set(start.v);
  plan.changed();
  let steps = start.step;
  let params: Params | null = null;
  const forget = () => {
    if (params) disposeParams(params);
    params = null;
  };

  const store: WeightStore = {
    params() {
      params ??= toTensors(network.specs, plan.state.params);
      return params;
    },
    emaParams: () => toTensors(network.specs, plan.state.ema),
    read: async () => ({
      step: steps,
      weights: Float32Array.from(plan.state.params),
      ema: Float32Array.from(plan.state.ema),
      m: Float32Array.from(plan.state.m),
      v: Float32Array.from(plan.state.s),
    }),
    dispose() {
      forget();
      plan.dispose();
    },
  };

  return {
    store,
    threads: plan.threads,
    bytes: plan.state.params.buffer.byteLength,
    async issue(batch, weights, hyper, meanwhile) {
      const features = timeFeatures(batch.time, batch.T, 4 * config.base);
      const { xt: x, target, labels } = batch;
      const inputs = { x, target, weights, features, labels };
      const { errors, gradNorm } = plan.trainStep(inputs, hyper, meanwhile);
      steps = hyper.step;
      forget();
      return { errors, gradNorm };
    },
    quick: (weights) => planNetwork(plan, network, weights),
    frozen(weights) {
      const snapshot = Float32Array.from(plan.state[weights === 'ema' ? 'ema' : 'params']);
      // Activations and threads are shared with the steps: on this thread, the two take turns.
      return {
        network: planNetwork(plan, network, snapshot),
        dispose: () => plan.forget(snapshot),
      };
    },
  };
}

/** A network with fixed weights in its fastest form; it needs no params. */
export interface CompiledNetwork {
  network: Network;
  dispose(): void;
}

type MakeSampler = (network: Network, weights: Float32Array) => CompiledNetwork | null;

const samplers = import.meta.glob<{ createSampler: MakeSampler }>('./kernels/*/unetSampler.ts');

/** Compiles a network for sampling `batch` images at a time on the present backend; null where it has to run op by op. */
export async function compileNetwork(
  network: Network,
  weights: Float32Array,
  batch: number,
): Promise<CompiledNetwork | null> {
  const load = samplers[`./kernels/${getBackend()}/unetSampler.ts`];
  if (load && kernelChoice() === 'ours') return (await load()).createSampler(network, weights);
  const { plan } = await openPlan(network.config, batch);
  if (!plan) return null;
  plan.state.params.set(weights);
  plan.changed();
  return { network: planNetwork(plan, network, 'raw'), dispose: () => plan.dispose() };
}

/** The network with its forward pass run by the plan: on a snapshot, or on the plan's own weights as they are at each call. */
function planNetwork(
  plan: TrainingPlan,
  network: Network,
  weights: 'raw' | 'ema' | Float32Array,
): Network {
  const config = network.config as UNetConfig;
  return {
    ...network,
    forward(_params, x, { t, T, labels }): Tensor4D {
      const features = timeFeatures(t, T, 4 * config.base);
      const values = plan.forward({ x: x.dataSync() as Float32Array, features, labels }, weights);
      return tensor4d(values, x.shape);
    },
  };
}
