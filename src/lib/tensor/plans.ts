/**
 * Whole-step plans: a backend may compile a network's entire training step (forward, backward, Adam, moving average) into
 * one call, instead of running it op by op. kernels/<backend>/browserPlan.ts exports `createBrowserPlan(graph, batch)`,
 * null where it cannot. Numbers agree with the op-by-op path up to rounding.
 */
import { getBackend, type Tensor4D, tensor4d } from '@tensorflow/tfjs-core';
import { timeFeatures } from '../math/process/timeFeatures.ts';
import type { StepHyper } from './adam.ts';
import type { Graph } from './graph/node.ts';
import type { FusedLoss, ModuleInputs } from './module.ts';
import type { Network } from './network.ts';
import { timeWidth } from './networks/conditioned.ts';
import { kernelChoice } from './ops/fused.ts';
import type { FlatState } from './optimizer.ts';
import { type PlanMemory, planStore } from './planStore.ts';
import type { Stepper } from './stepper.ts';

export interface TrainingPlan extends PlanMemory {
  threads: number;
  /** What of the best way could not be had, as a sentence; '' where all of it is there. */
  note: string;
  trainStep(
    /** `target` for squared errors; cross-entropy goes by the labels. */
    inputs: ModuleInputs & { target?: Float32Array; weights: ArrayLike<number> },
    hyper: StepHyper,
    meanwhile?: () => void,
  ): {
    errors: Float32Array;
    gradNorm: number;
    /** Under cross-entropy: the logits. */
    output?: Float32Array;
  };
  /** Between steps; with the live weights, or with a snapshot that nobody writes into. */
  forward(inputs: ModuleInputs, weights: 'raw' | 'ema' | Float32Array): Float32Array;
  /** Lets go of a snapshot that was given to `forward`. */
  forget(snapshot: Float32Array): void;
}

interface PlanModule {
  createBrowserPlan(
    graph: Graph,
    batch: number,
    options: { loss?: FusedLoss },
  ): Promise<TrainingPlan | null>;
}

const modules = import.meta.glob<PlanModule>('./kernels/*/browserPlan.ts');

/** A plan for the present backend (default loss: squared error), or null where the step has to run op by op; where that is a pity, `note` says why. */
export async function openPlan(
  graph: Graph,
  batch: number,
  options: { loss?: FusedLoss } = {},
): Promise<{ plan: TrainingPlan | null; note: string }> {
  const load = modules[`./kernels/${getBackend()}/browserPlan.ts`];
  if (!load || kernelChoice() !== 'ours') return { plan: null, note: '' };
  try {
    const plan = await (await load()).createBrowserPlan(graph, batch, options);
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

const steppers = import.meta.glob<{ createStepper: MakeStepper }>('./kernels/*/stepper.ts');

/** A backend may instead replay a recorded step on its device; null where it has none. */
export async function stepperMaker(): Promise<MakeStepper | null> {
  const load = steppers[`./kernels/${getBackend()}/stepper.ts`];
  if (!load || kernelChoice() !== 'ours') return null;
  return (await load()).createStepper;
}

/** The plan as the stepper of a run. `start` is copied into it. */
export function planStepper(plan: TrainingPlan, network: Network, start: FlatState): Stepper {
  const width = timeWidth(network.graph);
  const store = planStore(plan, network.specs, start);
  return {
    store,
    threads: plan.threads,
    bytes: plan.state.params.buffer.byteLength,
    async issue(batch, weights, hyper, meanwhile) {
      const features = timeFeatures(batch.time, batch.T, width);
      const { xt: x, target, labels } = batch;
      const inputs = { values: { x, features }, labels, target, weights };
      const result = plan.trainStep(inputs, hyper, meanwhile);
      store.moved(hyper.step);
      return result;
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

const samplers = import.meta.glob<{ createSampler: MakeSampler }>('./kernels/*/sampler.ts');

/** Compiles a network for sampling `batch` images at a time on the present backend; null where it has to run op by op. */
export async function compileNetwork(
  network: Network,
  weights: Float32Array,
  batch: number,
): Promise<CompiledNetwork | null> {
  const load = samplers[`./kernels/${getBackend()}/sampler.ts`];
  if (load && kernelChoice() === 'ours') return (await load()).createSampler(network, weights);
  const { plan } = await openPlan(network.graph, batch);
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
  const { nodes, output: last } = network.graph;
  const out = nodes[last].shape;
  const width = timeWidth(network.graph);
  return {
    ...network,
    forward(_params, x, { t, T, labels }): Tensor4D {
      const values = { x: x.dataSync() as Float32Array, features: timeFeatures(t, T, width) };
      const output = plan.forward({ values, labels }, weights);
      return tensor4d(output, [x.shape[0], out.h, out.w, out.c]);
    },
  };
}
