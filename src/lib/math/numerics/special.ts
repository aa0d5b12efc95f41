/**
 * Special functions in float64: gamma, incomplete gamma, error function, normal distribution.
 * Each comes from a convergent series or a continued fraction (Abramowitz & Stegun 6.5, 7.1, 26.2),
 * so there is no table of magic coefficients but Lanczos's nine. Relative error about 1e-13.
 */

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
  -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
  1.5056327351493116e-7,
];

/** log Γ(x) for x > 0 (Lanczos, g = 7). */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const z = x - 1;
  let sum = LANCZOS[0];
  for (let i = 1; i < LANCZOS.length; i++) sum += LANCZOS[i] / (z + i);
  const t = z + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}

/** Q(a, x) = Γ(a, x)/Γ(a): the upper tail of a Gamma(a) law. For a > 0, x ≥ 0. */
export function gammaQ(a: number, x: number): number {
  if (x <= 0) return 1;
  const scale = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; term > sum * 1e-17; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return 1 - scale * sum;
  }
  // Continued fraction by Lentz's method.
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let i = 1; i < 10_000; i++) {
    const k = -i * (i - a);
    b += 2;
    d = 1 / (k * d + b);
    c = b + k / c;
    const factor = d * c;
    h *= factor;
    if (Math.abs(factor - 1) < 1e-16) break;
  }
  return scale * h;
}

/** log erfc(x), finite far into the tail, where erfc itself underflows. */
export function logErfc(x: number): number {
  if (x < 2) return Math.log(1 - erfSeries(x));
  // erfc(x) = e^{−x²}/√π · 1/(x + ½/(x + 1/(x + 3/2/(x + …)))), from the bottom up.
  let tail = x;
  for (let k = Math.ceil(30 + 200 / x); k >= 1; k--) tail = x + k / 2 / tail;
  return -x * x - 0.5 * Math.log(Math.PI) - Math.log(tail);
}

export function erfc(x: number): number {
  return x < 2 ? 1 - erfSeries(x) : Math.exp(logErfc(x));
}

/** 2/√π e^{−x²} Σ 2ⁿ x^{2n+1}/(2n+1)!!: all terms of one sign. */
function erfSeries(x: number): number {
  if (x < -6) return -1;
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > Math.abs(sum) * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** Φ(x) = P(N(0,1) ≤ x). */
export function normalCdf(x: number): number {
  return 0.5 * erfc(-x / Math.SQRT2);
}

/** log Φ(x), finite for any finite x of moderate size. */
export function logNormalCdf(x: number): number {
  return logErfc(-x / Math.SQRT2) - Math.LN2;
}

/**
 * The z with Φ(z) = p, ∓∞ for 0 and 1: Newton's steps on log Φ, which is concave, so that they rise to the root from any
 * start below it. Φ(−√(−2 log p)) ≤ p/2 is one.
 * @throws RangeError for p outside [0, 1].
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1))
    throw new RangeError(`Probability: expected a number from 0 to 1; found ${p}. Choose one.`);
  if (p > 0.5) return -normalQuantile(1 - p);
  const target = Math.log(p);
  let z = -Math.sqrt(-2 * target);
  for (let step = 1; step > 1e-15 * (1 - z); ) {
    const value = logNormalCdf(z);
    const logDensity = -0.5 * (z * z + Math.log(2 * Math.PI));
    step = (target - value) * Math.exp(value - logDensity);
    z += step;
  }
  return z;
}

/** log(Φ(b) − Φ(a)) for a < b, infinite ends allowed, with no cancellation in either tail. */
export function logNormalInterval(a: number, b: number): number {
  if (a > 0) return logNormalInterval(-b, -a);
  if (b > 0) return Math.log1p(-(normalCdf(a) + normalCdf(-b)));
  const upper = logNormalCdf(b);
  if (a === Number.NEGATIVE_INFINITY) return upper;
  return upper + Math.log1p(-Math.exp(logNormalCdf(a) - upper));
}

/** P(χ² with that many degrees of freedom ≥ statistic). */
export function chiSquareTail(statistic: number, degrees: number): number {
  return gammaQ(degrees / 2, statistic / 2);
}

/** x − log(1 + x) for x > −1; about x²/2 near 0, where the plain difference loses its digits. */
export function logExcess(x: number): number {
  if (Math.abs(x) > 0.05) return x - Math.log1p(x);
  let power = x * x;
  let sum = 0;
  for (let n = 2; n < 16; n++) {
    sum += (n % 2 === 0 ? power : -power) / n;
    power *= x;
  }
  return sum;
}

/** log Σ e^{v_i}; −Infinity for an empty sum. */
export function logSumExp(values: ArrayLike<number>): number {
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) max = Math.max(max, values[i]);
  if (!Number.isFinite(max)) return max;
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += Math.exp(values[i] - max);
  return max + Math.log(sum);
}
