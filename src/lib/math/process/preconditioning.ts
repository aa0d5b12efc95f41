/**
 * EDM's preconditioning (2206.00364 eq. 7, table 1), for any path: the denoiser is
 *   D(x_t) = skip·x_t + output·F(input·x_t, label),
 * with the network F seeing and answering numbers of variance 1 whatever the noise, for data of standard deviation σ_data.
 */
import { conversionAt } from './parameterization.ts';
import type { PathPoint } from './path.ts';

// #region preconditioning
/** EDM's c_skip, c_out, c_in and c_noise. @throws RangeError without noise or signal for the label, which would be infinite. */
export function preconditioning(point: PathPoint, sigmaData = 0.5) {
  const { signal, noise } = point;
  if (!(noise > 0 && signal > 0)) {
    throw new RangeError(
      `Preconditioning: expected some noise and some signal; found noise ${noise}, signal ${signal}. Take a time inside the path.`,
    );
  }
  const { xt, prediction } = conversionAt('edmF', 'x0', point, { sigmaData });
  return {
    skip: xt,
    output: prediction,
    input: 1 / Math.hypot(noise, signal * sigmaData),
    label: Math.log(noise / signal) / 4,
  };
}
// #endregion
