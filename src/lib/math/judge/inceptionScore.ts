/** The Inception Score (Salimans et al. 1606.03498). It never looks at real data. */
import { logGamma } from '../numerics/special.ts';

/**
 * exp E KL(p(y|x) ‖ p(y)): 1 when all samples look alike, the number of classes at best.
 * The logarithm of the score is the mutual information of sample and class, in nats.
 * @throws RangeError without a sample.
 */
export function inceptionScore(probabilities: readonly ArrayLike<number>[]): number {
  if (probabilities.length === 0)
    throw new RangeError('Inception Score: expected at least one sample; found none. Draw some.');
  const classes = probabilities[0].length;
  const marginal = new Float64Array(classes);
  for (const row of probabilities) {
    for (let c = 0; c < classes; c++) marginal[c] += row[c] / probabilities.length;
  }
  let information = 0;
  for (const row of probabilities) {
    for (let c = 0; c < classes; c++) {
      if (row[c] > 0)
        information += (row[c] * Math.log(row[c] / marginal[c])) / probabilities.length;
    }
  }
  return Math.exp(information);
}

/**
 * The score of each of `splits` consecutive parts, as it is published: their mean, and their spread (divided by the
 * number of parts). The spread says how much a part differs, not how uncertain the mean is.
 * @throws RangeError unless every part has a sample.
 */
export function splitInceptionScore(
  probabilities: readonly ArrayLike<number>[],
  splits: number,
): { scores: number[]; mean: number; standardDeviation: number } {
  const n = probabilities.length;
  if (!Number.isInteger(splits) || splits < 1 || splits > n)
    throw new RangeError(
      `Splits: expected an integer from 1 to ${n}, the number of samples; found ${splits}. Choose one.`,
    );
  const scores = Array.from({ length: splits }, (_, i) =>
    inceptionScore(
      probabilities.slice(Math.floor((i * n) / splits), Math.floor(((i + 1) * n) / splits)),
    ),
  );
  const mean = scores.reduce((a, b) => a + b, 0) / splits;
  const square = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / splits;
  return { scores, mean, standardDeviation: Math.sqrt(square) };
}

/**
 * What n samples score on average when a perfect classifier is certain of each: E exp H(counts/n), the counts multinomial. It
 * is below exp H(classLaw), the score of the law itself. exp H is a product over the classes, Π (k/n)^{−k/n}, and multinomial
 * counts are independent Poisson ones (of means n·p) whose sum happens to be n: hence a convolution over the classes.
 * @param classLaw probabilities, of sum 1. @param n an integer of at least 1; the cost grows with its square.
 * @throws RangeError for another n.
 */
export function expectedInceptionScore(classLaw: ArrayLike<number>, n: number): number {
  if (!Number.isInteger(n) || n < 1)
    throw new RangeError(
      `Number of samples: expected an integer of at least 1; found ${n}. Choose one.`,
    );
  const poisson = (mean: number, k: number): number =>
    k === 0 ? Math.exp(-mean) : Math.exp(k * Math.log(mean) - mean - logGamma(k + 1));
  /** At s: the sum over all counts of the classes so far that add to s. */
  let sums = Float64Array.from({ length: n + 1 }, (_, s) => Number(s === 0));
  for (const p of Array.from(classLaw)) {
    const own = sums.map((_, k) => poisson(n * p, k) * (k / n) ** (-k / n));
    sums = sums.map((_, s) => {
      let sum = 0;
      for (let k = 0; k <= s; k++) sum += own[k] * sums[s - k];
      return sum;
    });
  }
  return sums[n] / poisson(n, n);
}
