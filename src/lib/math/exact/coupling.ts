/**
 * The marginal velocity of straight lines between given pairs, exactly (Liu et al. 2209.03003, eq. 2). Pair i goes from its
 * noise ε_i (t = 1) to its own x_0 (t = 0); both ends of a pair are shifted by the same small Gaussian kick of deviation h, so
 * that there is a density everywhere:
 *   x_t = (1 − t) x_0^(i) + t ε_i + h ξ,   v(x, t) = Σ_i p(i | x_t = x) (ε_i − x_0^(i)).
 * No network is needed for what one would learn from these pairs (reflow).
 */

export interface Coupling {
  /** n·D values: the ends at t = 0, and those at t = 1. */
  readonly x0: ArrayLike<number>;
  readonly noise: ArrayLike<number>;
  /** n, any scale; all alike when left out. */
  readonly weights?: ArrayLike<number>;
  /** h, above 0. */
  readonly deviation: number;
  /** D */
  readonly dimension: number;
}

export interface CoupledFlow {
  /** E[ε − x_0 | x_t = x], D values. */
  velocity(x: ArrayLike<number>, t: number): Float64Array;
  /** E ‖ε − x_0 − v‖² given x_t = x: how much the lines through x disagree. */
  disagreement(x: ArrayLike<number>, t: number): number;
  /** log of the density of x_t, nats. */
  logDensity(x: ArrayLike<number>, t: number): number;
}

/** Squared distances this many times 2h² above the least have a share below 1e-17. */
const BEYOND = 40;

// #region coupledFlow
/** @throws RangeError unless there are as many x_0 as ε and h is above 0. */
export function coupledFlow({
  x0,
  noise,
  weights,
  deviation,
  dimension: d,
}: Coupling): CoupledFlow {
  const n = x0.length / d;
  if (!(deviation > 0) || noise.length !== x0.length || !Number.isInteger(n))
    throw new RangeError(
      `Coupling: expected as many x_0 as ε and a deviation above 0; found ${x0.length} and ${noise.length} numbers, deviation ${deviation}. Give whole pairs.`,
    );
  const scale = 1 / (2 * deviation * deviation);
  const total = weights ? Array.from(weights).reduce((sum, w) => sum + w, 0) : n;
  const logWeight = Float64Array.from({ length: n }, (_, i) =>
    Math.log((weights?.[i] ?? 1) / total),
  );
  const away = new Float64Array(n);
  const [clean, pure] = [Float64Array.from(x0), Float64Array.from(noise)];

  /** Calls with every pair that has a share, and that share; returns log Σ_i w_i e^{−‖x − x_t^(i)‖²/2h²}. */
  const shares = (x: ArrayLike<number>, t: number, take: (i: number, share: number) => void) => {
    let most = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < n; i++) {
      let distance = 0;
      for (let k = 0; k < d; k++) {
        const off = x[k] - (1 - t) * clean[i * d + k] - t * pure[i * d + k];
        distance += off * off;
      }
      away[i] = logWeight[i] - scale * distance;
      if (away[i] > most) most = away[i];
    }
    let sum = 0;
    for (let i = 0; i < n; i++) if (away[i] > most - BEYOND) sum += Math.exp(away[i] - most);
    for (let i = 0; i < n; i++)
      if (away[i] > most - BEYOND) take(i, Math.exp(away[i] - most) / sum);
    return most + Math.log(sum);
  };

  const velocity: CoupledFlow['velocity'] = (x, t) => {
    const v = new Float64Array(d);
    shares(x, t, (i, share) => {
      for (let k = 0; k < d; k++) v[k] += share * (pure[i * d + k] - clean[i * d + k]);
    });
    return v;
  };
  return {
    velocity,
    disagreement(x, t) {
      const v = velocity(x, t);
      let sum = 0;
      shares(x, t, (i, share) => {
        for (let k = 0; k < d; k++) sum += share * (pure[i * d + k] - clean[i * d + k] - v[k]) ** 2;
      });
      return sum;
    },
    logDensity: (x, t) =>
      shares(x, t, () => {}) - 0.5 * d * Math.log(2 * Math.PI * deviation * deviation),
  };
}
// #endregion
