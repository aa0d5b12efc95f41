/**
 * A network's whole training step as one call into WebAssembly: pack the weights, forward and backward image group by image
 * group (every thread with accumulators of its own), sum the gradients, Adam and moving average. A step allocates
 * nothing. The numbers are those of the op-by-op path, up to rounding.
 */
import { ADAM, adamNumbers, type StepHyper } from '../../adam.ts';
import { classesOf, type Graph } from '../../graph/node.ts';
import type { ModuleInputs } from '../../module.ts';
import { bindKernels } from './abi.ts';
import { planRefusal } from './fusion.ts';
import { createPlanMemory, type PlanShape } from './planMemory.ts';
import { outputFloats } from './program.ts';

export interface TrainInputs extends ModuleInputs {
  /** What the outputs should have been; left out where the loss goes by labels. */
  target?: Float32Array;
  /** Loss weight of each image. */
  weights: ArrayLike<number>;
}

export interface PlanStep {
  /** Mean of weights·errors: what the gradient belongs to. */
  loss: number;
  /** Of each image, unweighted: mean squared error, or cross-entropy in nats. */
  errors: Float32Array<ArrayBuffer>;
  gradNorm: number;
  /** The logits of all images, where the loss is cross-entropy. */
  output?: Float32Array<ArrayBuffer>;
}

/** struct phase of kernels/src/plan.h. */
const PHASE_BYTES = 16;

export type WeightSet = 'raw' | 'ema';

export interface Plan {
  batch: number;
  threads: number;
  /**
   * Count must be the plan's batch. `meanwhile` is work of this thread (such as making the next batch) that is done while
   * the helpers have begun.
   */
  trainStep(inputs: TrainInputs, hyper: StepHyper, meanwhile?: () => void): PlanStep;
  /** Outputs for any number of images, between steps. A snapshot is flat weights that nobody writes into any more. */
  forward(inputs: ModuleInputs, weights: WeightSet | Float32Array): Float32Array<ArrayBuffer>;
  /**
   * The gradient of Σ dOutput·output for a whole batch, in `state.gradient`, and those of the inputs that the plan was made
   * for. The forward pass is done anew: that takes a third more time, and no memory for a batch of activations.
   */
  backward(inputs: ModuleInputs, dOutput: Float32Array): Record<string, Float32Array<ArrayBuffer>>;
  /** Adam and moving average with `state.gradient`; the norm that it had before it was clipped. */
  update(hyper: StepHyper): number;
  /** Views of live memory, flat in the order of the specs: read them at once or copy. */
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

/** Eight, so that a thread that is held up leaves little undone; fewer where that many would take over 64 MB. */
function shardsFor({ specs }: Graph): number {
  const bytes =
    4 * (24 / 9) * specs.reduce((n, { shape }) => n + shape.reduce((a, b) => a * b, 1), 0);
  return Math.max(1, Math.min(8, Math.floor(64e6 / bytes)));
}

/** How many labels there are: classes that a loss tells apart, or rows of the class table, where the graph has one. */
function labelCount(graph: Graph, loss: PlanShape['loss']): number {
  if (loss === 'crossEntropy') return outputFloats(graph);
  return classesOf(graph) + 1;
}

export function createPlan(graph: Graph, options: PlanOptions): Plan {
  const { batch, module, startHelper, wanted, loss = 'squaredError' } = options;
  const refusal = planRefusal(graph, wanted, loss);
  if (refusal) throw new Error(`This network cannot be compiled: ${refusal}.`);
  const threads = startHelper ? Math.max(1, options.threads ?? 1) : 1;
  const shards = options.shards ?? Math.min(batch, Math.max(threads, shardsFor(graph)));
  const group = options.group ?? Math.min(2, Math.ceil(batch / shards));
  const shape = { batch, threads, shards, group, wanted, loss };
  const memory = createPlanMemory(graph, shape, threads > 1);
  memory.setWord('mayBlock', options.mayBlock && threads > 1 ? 1 : 0);
  const kernels = bindKernels(module, memory.memory, memory.stackTops[0]);
  const helpers = memory.stackTops.slice(1).map((stackTop, i) => {
    const start = { module, memory: memory.memory, stackTop, plan: memory.control, thread: i + 1 };
    return startHelper!(start);
  });
  const { parameters, capacity } = memory;
  const inputs = Object.entries(memory.inputs).map(([name, size]) => ({
    ...{ name, size },
    view: memory.floats(`in ${name}`, capacity * size),
  }));
  const views = {
    target: memory.floats('target', batch * memory.output),
    weights: memory.floats('weights', batch),
    errors: memory.floats('errors', batch),
    prediction: memory.floats('prediction', capacity * memory.output),
    frozen: memory.floats('frozen', parameters),
    squares: memory.floats('squares', memory.word('squareCount')),
  };
  const logits = views.prediction.subarray(0, batch * memory.output);
  const labels = memory.labels();
  const lastLabel = labelCount(graph, loss) - 1;
  const names = ['params', 'ema', 'm', 's', 'gradient'] as const;
  const state = Object.fromEntries(
    names.map((name) => [name, memory.floats(name, parameters)]),
  ) as Plan['state'];
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

  const countOf = ({ values }: ModuleInputs) => values[inputs[0].name].length / inputs[0].size;

  function load({ values, labels: classes }: ModuleInputs, first: number, count: number): void {
    for (const { name, size, view } of inputs)
      view.set(values[name].subarray(first * size, (first + count) * size));
    for (let i = 0; i < count; i++) {
      const label = classes ? classes[first + i] : lastLabel;
      if (!(label >= 0 && label <= lastLabel))
        throw new RangeError(`label ${label} is not one of 0…${lastLabel}`);
      labels[i] = label;
    }
  }

  function loadBatch(of: ModuleInputs): void {
    if (countOf(of) !== batch)
      throw new RangeError(`a step takes ${batch} images, not ${countOf(of)}`);
    load(of, 0, batch);
    memory.setWord('source', memory.address.params);
  }

  function tell(hyper: StepHyper): void {
    const { rate, root, decay } = adamNumbers(hyper);
    memory.setFloat('clipNorm', hyper.clipNorm);
    memory.setFloat('rate', rate);
    memory.setFloat('root', root);
    memory.setFloat('beta1', ADAM.beta1);
    memory.setFloat('beta2', ADAM.beta2);
    memory.setFloat('epsilon', ADAM.epsilon);
    memory.setFloat('emaStep', 1 - decay);
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
    trainStep(given, hyper, meanwhile) {
      const told = loss === 'squaredError' ? given.target : given.labels;
      if (!told) throw new TypeError('a step must be told what the outputs should have been');
      loadBatch(given);
      if (loss === 'squaredError') views.target.set(told);
      views.weights.set(given.weights);
      tell(hyper);
      run(memory.phases.train, 4, meanwhile);
      packed = null;
      const errors = views.errors.slice();
      let total = 0;
      for (let i = 0; i < batch; i++) total += errors[i] * views.weights[i];
      let square = 0;
      for (const value of views.squares) square += value;
      const step = { loss: total / batch, errors, gradNorm: Math.sqrt(square) };
      return loss === 'squaredError' ? step : { ...step, output: logits.slice() };
    },
    forward(given, weights) {
      const count = countOf(given);
      const result = new Float32Array(count * memory.output);
      const source = sourceOf(weights);
      for (let first = 0; first < count; first += capacity) {
        const size = Math.min(capacity, count - first);
        load(given, first, size);
        memory.dealForward(size);
        memory.setWord('source', source);
        const { forward } = memory.phases;
        if (packed === weights) run(forward + PHASE_BYTES, 1);
        else run(forward, 2);
        packed = weights;
        result.set(views.prediction.subarray(0, size * memory.output), first * memory.output);
      }
      return result;
    },
    backward(given, dOutput) {
      if (!wanted) throw new Error('this plan was made for whole steps alone');
      loadBatch(given);
      views.target.set(dOutput);
      const { backward } = memory.phases;
      if (packed === 'raw') run(backward + PHASE_BYTES, 2);
      else run(backward, 3);
      packed = 'raw';
      return Object.fromEntries(
        wanted.map((name) => [
          name,
          memory.floats(`d ${name}`, batch * memory.inputs[name]).slice(),
        ]),
      );
    },
    update(hyper) {
      tell(hyper);
      let square = 0;
      for (const value of state.gradient) square += value * value;
      views.squares.fill(0);
      views.squares[0] = square;
      run(memory.phases.backward + 3 * PHASE_BYTES, 1);
      packed = null;
      return Math.sqrt(square);
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
