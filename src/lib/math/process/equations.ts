/**
 * The stochastic differential equation that a path is the law of, dx = drift·x dt + diffusion dw (2011.13456 section 3):
 * drift = signal'/signal and diffusion² = d noise²/dt − 2·drift·noise². Both terms of the latter are ≥ 0, so nothing cancels.
 * Notation: s signal, n noise.
 */
import type { PathPoint } from './path.ts';

/** @throws RangeError where no signal is left: drift would have to be infinite. */
export function equationAt({ signal, signalRate, noise, varianceRate }: PathPoint): {
  readonly drift: number;
  readonly diffusion: number;
} {
  if (signal === 0) {
    throw new RangeError(
      'Equation in time: expected some signal; found none. Take a time before the end of the path.',
    );
  }
  const drift = signalRate / signal;
  return { drift, diffusion: Math.sqrt(varianceRate - 2 * drift * noise * noise) };
}

/**
 * The same marginals backwards in time (Anderson 1982; 2011.13456 eq. 6, 13): dx = (drift·x − ½(1 + churn²) g² score) dt
 * + churn·g dw. churn = 1 is the reverse equation, 0 the probability-flow ODE.
 * @returns the drift of x, D values.
 */
export function reverseDrift(
  x: ArrayLike<number>,
  score: ArrayLike<number>,
  point: PathPoint,
  churn = 1,
): Float64Array {
  const { drift, diffusion } = equationAt(point);
  const pull = 0.5 * (1 + churn * churn) * diffusion * diffusion;
  return Float64Array.from(x, (value, k) => drift * value - pull * score[k]);
}
