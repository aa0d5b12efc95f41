/** The numbers of an optimiser step that do not depend on the gradient. */

export interface StepHyper {
  /** Optimiser step, from 1. */
  step: number;
  learningRate: number;
  emaDecay: number;
  /** Largest global gradient norm; 0 = no clipping. */
  clipNorm: number;
}

/** Adam (Kingma & Ba 2015). */
export const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

/**
 * The averaging horizon grows with the run: decay_k = min(decay, (1+k)/(10+k)), so that early samples are not
 * drawn from the random start values.
 */
export function emaDecayAt(decay: number, step: number): number {
  return Math.min(decay, (1 + step) / (10 + step));
}

/** What a step's update multiplies by: p ← p − rate·m/(√v·root + ε),   ema ← decay·ema + (1 − decay)·p. */
export function adamNumbers({ step, learningRate, emaDecay }: Omit<StepHyper, 'clipNorm'>): {
  rate: number;
  root: number;
  decay: number;
} {
  return {
    rate: learningRate / (1 - ADAM.beta1 ** step),
    root: 1 / Math.sqrt(1 - ADAM.beta2 ** step),
    decay: emaDecayAt(emaDecay, step),
  };
}

/**
 * Linear warm-up to the rate; with a target number of steps, a cosine descent to a tenth of it over the last 40 %.
 * `own`: steps of the optimiser, fewer than those of the run where the weights came without its moments.
 */
export function learningRateAt(
  step: number,
  options: { learningRate: number; warmup: number; steps: number },
  own = step,
): number {
  const { learningRate, warmup, steps } = options;
  const rise = warmup > 0 ? Math.min(1, own / warmup) : 1;
  if (steps <= 0) return learningRate * rise;
  const progress = Math.min(1, Math.max(0, (step / steps - 0.6) / 0.4));
  return learningRate * rise * (0.1 + 0.9 * 0.5 * (1 + Math.cos(Math.PI * progress)));
}
