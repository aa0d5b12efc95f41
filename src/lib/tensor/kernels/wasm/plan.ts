/**
 * A UNet's whole training step as one call into WebAssembly: pack the weights, forward and backward image group by image
 * group (every thread with accumulators of its own), sum the gradients, Adam and moving average. A step allocates
 * nothing. The numbers are those of the op-by-op path (../../unet.ts), up to rounding.
 */
import type { UNetConfig } from '../../../checkpoint/config.ts';
import { ADAM, emaDecayAt, type StepHyper } from '../../adam.ts';
import { unetSpecs } from '../../networks/unetPlan.ts';
import { bindKernels } from './abi.ts';
import { createPlanMemory, type PlanShape } from './planMemory.ts';

export interface PlanInputs {
  /** [n, h, w, c] flat. */
  x: Float32Array;
  /** Sinusoidal time features [n, 4·base] flat (timeFeatures). */
  features: Float32Array;
  /** One class for each image; needed where the model has classes. */
  labels?: ArrayLike<number>;
}

export interface TrainInputs extends PlanInputs {
  target: Float32Array;
  /** Loss weight of each image. */
  weights: ArrayLike<number>;
}

export interface PlanStep {
  /** Mean of weights·errors: what the gradient belongs to. */
  loss: number;
  /** Unweighted mean squared error of each image. */
  errors: Float32Array<ArrayBuffer>;
  gradNorm: number;
}

/** struct phase of kernels/src/plan.h. */
const PHASE_BYTES = 16;

export type WeightSet = 'raw' | 'ema';

export interface UNetPlan {
  batch: number;
  threads: number;
  /**
   * Count must be the plan's batch. `meanwhile` is work of this thread (such as making the next batch) that is done while
   * the helpers have begun.
   */
  trainStep(inputs: TrainInputs, hyper: StepHyper, meanwhile?: () => void): PlanStep;
  /** Predictions for any number of images, between steps. A snapshot is flat weights that nobody writes into any more. */
  forward(inputs: PlanInputs, weights: WeightSet | Float32Array): Float32Array<ArrayBuffer>;
  /** Views of live memory, flat in the order of unetSpecs: read them at once or copy. */
  state: Record<'params' | 'ema' | 'm' | 's' | 'gradient', Float32Array<ArrayBuffer>>;
  /** Call after writing into `state`. */
  changed(): void;
  /** Lets go of a snapshot. */
  forget(snapshot: Float32Array): void;
  dispose(): void;
}

/** What a helper thread needs to join (it calls serve(plan, thread), which returns when the plan is disposed). */
export interface HelperStart {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  stackTop: number;
  plan: number;
  thread: number;
}

export interface PlanOptions extends Partial<PlanShape> {
  batch: number;
  module: WebAssembly.Module;
  /** Starts one thread; left out: this thread works alone. */
  startHelper?: (start: HelperStart) => { terminate(): void };
  /** True where this thread may sleep (any worker; not a page's own thread). */
  mayBlock?: boolean;
}

/** Why a model has to be run op by op, or null where a plan can run it. */
export function planRefusal({ base, multipliers, groups }: UNetConfig): string | null {
  const widths = multipliers.map((m) => m * base);
  if (base % 4 !== 0) return 'its base width is not a multiple of 4';
  if (widths.some((c) => 2 * c > 1024)) return 'it is too wide';
  if (widths.some((c) => c % Math.min(groups, c) !== 0)) return 'its groups do not divide';
  return null;
}

/** Eight, so that a thread that is held up leaves little undone; fewer where that many would take over 64 MB. */
function shardsFor(config: UNetConfig): number {
  const bytes =
    4 *
    (24 / 9) *
    unetSpecs(config).reduce((n, { shape }) => n + shape.reduce((a, b) => a * b, 1), 0);
  return Math.max(1, Math.min(8, Math.floor(64e6 / bytes)));
}

export function createPlan(config: UNetConfig, options: PlanOptions): UNetPlan {
  const refusal = planRefusal(config);
  if (refusal) throw new Error(`This UNet cannot be compiled: ${refusal}.`);
  const { batch, module, startHelper } = options;
  const threads = startHelper ? Math.max(1, options.threads ?? 1) : 1;
  const shards = options.shards ?? Math.min(batch, Math.max(threads, shardsFor(config)));
  const group = options.group ?? Math.min(2, Math.ceil(batch / shards));
  const memory = createPlanMemory(config, { batch, threads, shards, group }, threads > 1);
  memory.setWord('mayBlock', options.mayBlock && threads > 1 ? 1 : 0);
  const kernels = bindKernels(module, memory.memory, memory.stackTops[0]);
  const helpers = memory.stackTops.slice(1).map((stackTop, i) => {
    const start = { module, memory: memory.memory, stackTop, plan: memory.control, thread: i + 1 };
    return startHelper!(start);
  });
  const { parameters, timeDim, pixels, capacity } = memory;
  const image = pixels * config.channels;
  const views = {
    x: memory.floats('x', capacity * image),
    target: memory.floats('target', batch * image),
    features: memory.floats('features', capacity * timeDim),
    weights: memory.floats('weights', batch),
    errors: memory.floats('errors', batch),
    prediction: memory.floats('prediction', capacity * image),
    frozen: memory.floats('frozen', parameters),
    squares: memory.floats('squares', memory.word('squareCount')),
  };
  const labels = memory.labels();
  const names = ['params', 'ema', 'm', 's', 'gradient'] as const;
  const state = Object.fromEntries(
    names.map((name) => [name, memory.floats(name, parameters)]),
  ) as UNetPlan['state'];
  // Which weights the packed ones are made of; packing is one phase of a job, left out when nothing changed.
  let packed: WeightSet | Float32Array | null = null;
  /** The snapshot that lies in the region of that name. */
  let frozen: Float32Array | null = null;

  /** Where the weights lie that a forward job packs. */
  function sourceOf(weights: WeightSet | Float32Array): number {
    if (typeof weights === 'string') return memory.address[weights === 'ema' ? 'ema' : 'params'];
    if (frozen !== weights) {
      views.frozen.set(weights);
      frozen = weights;
    }
    return memory.address.frozen;
  }

  function load({ x, features, labels: classes }: PlanInputs, first: number, count: number): void {
    views.x.set(x.subarray(first * image, (first + count) * image));
    views.features.set(features.subarray(first * timeDim, (first + count) * timeDim));
    for (let i = 0; i < count; i++) {
      const label = classes ? classes[first + i] : config.classes;
      if (!(label >= 0 && label <= config.classes))
        throw new RangeError(`label ${label} is not one of 0…${config.classes}`);
      labels[i] = label;
    }
  }

  function run(phases: number, count: number, meanwhile?: () => void): void {
    kernels.publish_job(memory.control, phases, count, helpers.length);
    meanwhile?.();
    kernels.run_job(memory.control, 0);
  }

  return {
    batch,
    threads,
    state,
    trainStep(inputs, { step, learningRate, emaDecay, clipNorm }, meanwhile) {
      if (inputs.x.length !== batch * image)
        throw new RangeError(`a step takes ${batch} images, not ${inputs.x.length / image}`);
      load(inputs, 0, batch);
      views.target.set(inputs.target);
      views.weights.set(inputs.weights);
      memory.setWord('source', memory.address.params);
      memory.setFloat('clipNorm', clipNorm);
      memory.setFloat('rate', learningRate / (1 - ADAM.beta1 ** step));
      memory.setFloat('root', 1 / Math.sqrt(1 - ADAM.beta2 ** step));
      memory.setFloat('beta1', ADAM.beta1);
      memory.setFloat('beta2', ADAM.beta2);
      memory.setFloat('epsilon', ADAM.epsilon);
      memory.setFloat('emaStep', 1 - emaDecayAt(emaDecay, step));
      run(memory.phases.train, 4, meanwhile);
      packed = null;
      const errors = views.errors.slice();
      let loss = 0;
      for (let i = 0; i < batch; i++) loss += errors[i] * views.weights[i];
      let square = 0;
      for (const value of views.squares) square += value;
      return { loss: loss / batch, errors, gradNorm: Math.sqrt(square) };
    },
    forward(inputs, weights) {
      const count = inputs.x.length / image;
      const result = new Float32Array(count * image);
      const source = sourceOf(weights);
      for (let first = 0; first < count; first += capacity) {
        const size = Math.min(capacity, count - first);
        load(inputs, first, size);
        memory.dealForward(size);
        memory.setWord('source', source);
        const { forward } = memory.phases;
        if (packed === weights) run(forward + PHASE_BYTES, 1);
        else run(forward, 2);
        packed = weights;
        result.set(views.prediction.subarray(0, size * image), first * image);
      }
      return result;
    },
    changed() {
      packed = null;
    },
    forget(snapshot) {
      if (packed === snapshot) packed = null;
      if (frozen === snapshot) frozen = null;
    },
    dispose() {
      memory.setWord('quit', 1);
      for (const helper of helpers) helper.terminate();
    },
  };
}
