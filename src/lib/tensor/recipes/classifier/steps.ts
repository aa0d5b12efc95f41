/** How a classifier takes its steps: compiled with its loss, where the backend can; else through the seam, the loss on the host. */
import type { StepHyper } from '../../adam.ts';
import { opEngine } from '../../engines/ops/pass.ts';
import { batchTensors } from '../../engines/ops/shapes.ts';
import type { Graph } from '../../graph/node.ts';
import type { Module } from '../../module.ts';
import { openModule } from '../../openModule.ts';
import type { FlatState, WeightStore } from '../../optimizer.ts';
import type { WeightSet } from '../../options.ts';
import { disposeParams, toTensors } from '../../params.ts';
import { planStore } from '../../planStore.ts';
import { openPlan, type TrainingPlan } from '../../plans.ts';
import type { LabelledBatch } from './batches.ts';
import { classLosses } from './losses.ts';

export interface ClassStep {
  /** Cross-entropy of each image, in nats. */
  errors: ArrayLike<number>;
  logits: Float32Array;
  gradNorm: number;
}

/** A network with weights of its own. */
export interface Judge {
  /** Of any number of images. */
  logits(x: Float32Array): Promise<Float32Array>;
  close(): void;
}

export interface ClassStepper {
  store: WeightStore;
  threads?: number;
  bytes?: number;
  /** `meanwhile` is work for this thread while others take the step. */
  issue(batch: LabelledBatch, hyper: StepHyper, meanwhile: () => void): Promise<ClassStep>;
  /** With a copy of the weights as they are now. */
  frozen(weights: WeightSet): Promise<Judge>;
  dispose(): void;
}

const LOSS = { loss: 'crossEntropy' } as const;

/** `start` is copied. `note`: what of the fastest way could not be had. */
export async function openSteps(
  graph: Graph,
  start: FlatState,
  batch: number,
): Promise<{ stepper: ClassStepper; note: string }> {
  const { plan, note } = await openPlan(graph, batch, LOSS);
  if (plan) return { stepper: planSteps(plan, graph, start), note };
  return { stepper: seamSteps(await openModule(graph, start, batch)), note };
}

function planSteps(plan: TrainingPlan, { specs }: Graph, start: FlatState): ClassStepper {
  const store = planStore(plan, specs, start);
  return {
    store,
    threads: plan.threads,
    bytes: plan.state.params.buffer.byteLength,
    async issue({ x, labels }, hyper, meanwhile) {
      const weights = new Float32Array(labels.length).fill(1);
      const step = plan.trainStep({ values: { x }, labels, weights }, hyper, meanwhile);
      store.moved(hyper.step);
      const { errors, gradNorm, output: logits } = step;
      if (!logits) throw new Error('a plan of this loss gives logits');
      return { errors, gradNorm, logits };
    },
    async frozen(weights) {
      const copy = Float32Array.from(plan.state[weights === 'ema' ? 'ema' : 'params']);
      return {
        logits: async (x) => plan.forward({ values: { x } }, copy),
        close: () => plan.forget(copy),
      };
    },
    dispose: () => store.dispose(),
  };
}

function seamSteps(module: Module): ClassStepper {
  return {
    store: module.store,
    async issue({ x, labels }, hyper, meanwhile) {
      const forward = module.forward({ values: { x } });
      meanwhile();
      const logits = await forward;
      const { errors, dLogits } = classLosses(logits, labels);
      await module.backward(dLogits);
      return { errors, logits, gradNorm: await module.update(hyper) };
    },
    async frozen(set) {
      const { ema, weights } = await module.store.read();
      return opJudge(module.graph, set === 'ema' ? ema : weights);
    },
    dispose: () => module.dispose(),
  };
}

function opJudge(graph: Graph, weights: Float32Array): Judge {
  const params = toTensors(graph.specs, weights);
  const engine = opEngine(graph);
  return {
    async logits(x) {
      const values = batchTensors(graph, { x });
      const output = engine.forward(params, { values });
      values.x.dispose();
      try {
        return Float32Array.from(await output.data());
      } finally {
        output.dispose();
      }
    },
    close: () => disposeParams(params),
  };
}

/** The network with fixed weights, `batch` images at a time. */
export async function openJudge(
  graph: Graph,
  weights: Float32Array,
  batch: number,
): Promise<Judge> {
  const { plan } = await openPlan(graph, batch, LOSS);
  if (!plan) return opJudge(graph, weights);
  plan.state.params.set(weights);
  plan.changed();
  return {
    logits: async (x) => plan.forward({ values: { x } }, 'raw'),
    close: () => plan.dispose(),
  };
}
