/** The rate of noise that the stochastic differential equations of Song et al. (2011.13456) share: β(t) from β_min to β_max. */

export interface LinearBeta {
  /** β at t = 0; > 0. */
  readonly betaMin: number;
  /** β at t = 1; ≥ betaMin. */
  readonly betaMax: number;
}

/** As in their code. */
export const LINEAR_BETA: LinearBeta = { betaMin: 0.1, betaMax: 20 };

/** β(t) = β_min + (β_max − β_min) t, its integral from 0, and the time at which that is reached. */
export function linearBeta({ betaMin, betaMax }: LinearBeta) {
  if (!(betaMin > 0 && betaMax >= betaMin && betaMax < Number.POSITIVE_INFINITY)) {
    throw new RangeError(
      `β: expected 0 < β_min ≤ β_max; found ${betaMin} and ${betaMax}. Noise is only ever added: choose others.`,
    );
  }
  const slope = betaMax - betaMin;
  return {
    beta: (t: number) => betaMin + slope * t,
    integral: (t: number) => t * (betaMin + 0.5 * slope * t),
    // The root of a quadratic in the form that does not cancel.
    time: (integral: number) =>
      (2 * integral) / (betaMin + Math.sqrt(betaMin * betaMin + 2 * slope * integral)),
  };
}
