/**
 * Adam with global-norm clipping and an exponential moving average of the weights, over flat storage. With g the
 * gradient scaled so that ‖g‖ ≤ clipNorm, k the step, η the learning rate:
 *   m ← β₁m + (1−β₁)g,   v ← β₂v + (1−β₂)g²
 *   p ← p − η (m/(1−β₁ᵏ)) / (√(v/(1−β₂ᵏ)) + ε),   ema ← d·ema + (1−d)·p
 * A backend with its own fused optimiser registers a factory; this file is the stock one.
 */
import {
  add,
  concat,
  div,
  getBackend,
  keep,
  minimum,
  mul,
  reshape,
  split,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  tensor1d,
  tidy,
} from '@tensorflow/tfjs-core';
import { ADAM, adamNumbers, type StepHyper } from './adam.ts';
import { kernelChoice } from './ops/fused.ts';
import { disposeParams, type ParamSpec, type Params, sizeOf } from './params.ts';

/** Everything that the optimiser remembers, on the host. Each array has one entry per parameter. */
export interface FlatState {
  /** Steps taken. */
  step: number;
  /** How many of them were taken before these moments began at zero, for weights that came without theirs; default 0. */
  before?: number;
  weights: Float32Array<ArrayBuffer>;
  ema: Float32Array<ArrayBuffer>;
  m: Float32Array<ArrayBuffer>;
  v: Float32Array<ArrayBuffer>;
}

/** Where the weights of a run live. */
export interface WeightStore {
  /** The current weights. Valid until the next step; not the caller's to dispose. */
  params(): Params;
  /** Tensors of the averaged weights, the caller's to dispose. */
  emaParams(): Params;
  /** The state at the moment of the call, whatever steps follow before the promise is kept. */
  read(): Promise<FlatState>;
  dispose(): void;
}

export interface Optimizer extends WeightStore {
  /** One step with the gradients in the order of the specs. Returns the gradient norm [scalar], the caller's to dispose. */
  step(gradients: Tensor[], hyper: StepHyper): Tensor;
}

export type OptimizerFactory = (specs: ParamSpec[], start: FlatState) => Optimizer;

const factories = new Map<string, OptimizerFactory>();

/** Plugs in a fused optimiser for a backend. */
export function registerOptimizer(backendName: string, factory: OptimizerFactory): void {
  factories.set(backendName, factory);
}

/** State of a run that has not begun: both weight sets at the start values. */
export function freshState(weights: Float32Array<ArrayBuffer>): FlatState {
  return {
    step: 0,
    weights,
    ema: weights.slice(),
    m: new Float32Array(weights.length),
    v: new Float32Array(weights.length),
  };
}

/** The optimiser of the present backend. `start` is copied. */
export function createOptimizer(specs: ParamSpec[], start: FlatState): Optimizer {
  const fused = kernelChoice() === 'ours' ? factories.get(getBackend()) : undefined;
  return (fused ?? createStockOptimizer)(specs, start);
}

/** All parameters by name, from one flat tensor that stays the caller's. */
export function cutParams(specs: ParamSpec[], whole: Tensor1D): Params {
  return tidy(() => {
    const parts = split(
      whole,
      specs.map(({ shape }) => sizeOf(shape)),
    );
    return Object.fromEntries(specs.map(({ name, shape }, i) => [name, reshape(parts[i], shape)]));
  });
}

export function createStockOptimizer(specs: ParamSpec[], start: FlatState): Optimizer {
  let steps = start.step;
  const flat = (values: Float32Array) => tensor1d(values.slice());
  let [p, ema, m, v] = [start.weights, start.ema, start.m, start.v].map(flat);

  const cut = (whole: Tensor1D) => cutParams(specs, whole);
  let params = cut(p);

  return {
    params: () => params,
    step(gradients, hyper) {
      steps = hyper.step;
      const { clipNorm } = hyper;
      const { rate, root, decay } = adamNumbers(hyper);
      const [p2, ema2, m2, v2, norm] = tidy(() => {
        const raw = concat(gradients.map((g) => reshape(g, [-1])));
        const gradNorm = sqrt(sum(square(raw)));
        const g = clipNorm > 0 ? mul(raw, minimum(1, div(clipNorm, add(gradNorm, 1e-12)))) : raw;
        const newM = add(mul(m, ADAM.beta1), mul(g, 1 - ADAM.beta1));
        const newV = add(mul(v, ADAM.beta2), mul(square(g), 1 - ADAM.beta2));
        const denominator = add(mul(sqrt(newV), root), ADAM.epsilon);
        const newP = sub(p, mul(div(newM, denominator), rate));
        const newEma = add(mul(ema, decay), mul(newP, 1 - decay));
        return [newP, newEma, newM, newV, gradNorm];
      }) as Tensor1D[];
      for (const old of [p, ema, m, v]) old.dispose();
      [p, ema, m, v] = [p2, ema2, m2, v2].map((t) => keep(t));
      disposeParams(params);
      params = cut(p);
      for (const param of Object.values(params)) keep(param);
      return norm;
    },
    emaParams: () => cut(ema),
    async read() {
      const at = steps;
      // Copies: data() of some backends is a view of live memory.
      const [weights, average, first, second] = await Promise.all(
        [p, ema, m, v].map(async (t) => Float32Array.from(await t.data())),
      );
      return { step: at, weights, ema: average, m: first, v: second };
    },
    dispose() {
      disposeParams(params);
      for (const t of [p, ema, m, v]) t.dispose();
    },
  };
}
