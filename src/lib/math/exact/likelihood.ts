/**
 * The log density that a model gives an image by its probability-flow ODE (2011.13456 section 4.3): the way to the noise undone,
 * d log q_t/dt = −div v along it, so log p(x) = log prior(latent) + ∫ div v dt.
 */
import { logPdfIsotropic } from '../numerics/gaussian.ts';
import type { Path } from '../process/path.ts';
import { type OdePathOptions, odePathWithDivergence } from './flow.ts';

/** log of N(x; 0, prior² I), which sampling on the path starts from. */
export const priorLogDensity = ({ prior }: Path, x: ArrayLike<number>): number =>
  logPdfIsotropic(x, new Float64Array(x.length), prior * prior);

export interface FlowLikelihood {
  /** Where x comes from: the same x is drawn from it. */
  readonly latent: Float64Array;
  /** ∫ div v dt from the time of x to the start. */
  readonly integral: number;
  /** log p(x), in nats: that of the law in which samples end, not quite that of the data, as the prior is not quite that of x_T. */
  readonly logDensity: number;
  /** −log₂ p(x) per coordinate; the scale of the pixels is that of x. */
  readonly bitsPerDim: number;
}

// #region logLikelihood
/** Of x at a time near the data, at which x has a density. @throws RangeError as `odePath`. */
export function logLikelihood(
  options: OdePathOptions,
  x: ArrayLike<number>,
  from: number,
): FlowLikelihood {
  const { path } = options;
  const { x: latent, integral } = odePathWithDivergence(options, x, [from, path.start])[1];
  const logDensity = priorLogDensity(path, latent) + integral;
  return { latent, integral, logDensity, bitsPerDim: -logDensity / x.length / Math.LN2 };
}
// #endregion
