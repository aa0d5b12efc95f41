/** What an optimiser remembers, in the memory of a compiled plan. */
import type { FlatState, WeightStore } from './optimizer.ts';
import { disposeParams, type ParamSpec, type Params, toTensors } from './params.ts';

/** Live memory of a plan, flat in the order of the specs; `s` is Adam's second moment. */
export type PlanState = Record<'params' | 'ema' | 'm' | 's', Float32Array>;

export interface PlanMemory {
  state: PlanState;
  /** To be called after a write into `state`. */
  changed(): void;
  dispose(): void;
}

/** `start` is copied into the plan. `moved` is to be called after each step; disposing disposes the plan. */
export function planStore(
  plan: PlanMemory,
  specs: ParamSpec[],
  start: FlatState,
): WeightStore & { moved(step: number): void } {
  const { params: weights, ema, m, s } = plan.state;
  weights.set(start.weights);
  ema.set(start.ema);
  m.set(start.m);
  s.set(start.v);
  plan.changed();
  let steps = start.step;
  let params: Params | null = null;
  const forget = () => {
    if (params) disposeParams(params);
    params = null;
  };
  return {
    moved(step) {
      steps = step;
      forget();
    },
    params() {
      params ??= toTensors(specs, weights);
      return params;
    },
    emaParams: () => toTensors(specs, ema),
    read: async () => ({
      step: steps,
      weights: Float32Array.from(weights),
      ema: Float32Array.from(ema),
      m: Float32Array.from(m),
      v: Float32Array.from(s),
    }),
    dispose() {
      forget();
      plan.dispose();
    },
  };
}
