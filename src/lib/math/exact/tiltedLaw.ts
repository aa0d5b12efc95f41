/**
 * The law that guidance is often said to sample, p(x) p(c|x)^g up to a constant, on a line: of a mixture whose bells bear
 * classes, by quadrature.
 */
import { type Mixture1D, mixtureExpectation, mixtureLogPdf } from '../numerics/gaussian.ts';
import { weightsOfClass } from './guidance.ts';

export interface TiltedLaw {
  /** ∫ p(x) p(c|x)^g dx = E p(c|x)^g: at g = 0 it is 1, at g = 1 the share of the class. */
  readonly normaliser: number;
  readonly mean: number;
  readonly variance: number;
  density(x: number): number;
}

// #region tiltedLaw
/** @throws RangeError for g below 0, where it need not have a finite integral. */
export function tiltedLaw(
  law: Mixture1D,
  labels: readonly number[],
  wanted: number,
  g: number,
): TiltedLaw {
  if (!(g >= 0 && g < Number.POSITIVE_INFINITY))
    throw new RangeError(`Guidance: expected a number of at least 0; found ${g}. Choose one.`);
  const { weights, share } = weightsOfClass(labels, wanted, law.weights);
  const inClass = { ...law, weights };
  const logClass = (x: number) =>
    Math.min(0, Math.log(share) + mixtureLogPdf(x, inClass) - mixtureLogPdf(x, law));
  const expectation = (f: (x: number) => number) =>
    mixtureExpectation(law, (x) => Math.exp(g * logClass(x)) * f(x));
  const normaliser = expectation(() => 1);
  const mean = expectation((x) => x) / normaliser;
  return {
    normaliser,
    mean,
    variance: expectation((x) => (x - mean) ** 2) / normaliser,
    density: (x) => Math.exp(mixtureLogPdf(x, law) + g * logClass(x)) / normaliser,
  };
}
// #endregion
