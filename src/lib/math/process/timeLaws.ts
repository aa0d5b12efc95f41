/** Laws of the time that a continuous path is trained at; z ~ N(0, 1) is drawn by the caller. */

/** σ of EDM's training (2206.00364 table 1): log σ ~ N(mean, std²), −1.2 and 1.2 in their code. */
export const logNormalSigma = (z: number, { mean = -1.2, std = 1.2 } = {}): number =>
  Math.exp(mean + std * z);

// #region logitNormal
/** t in (0, 1) with log(t/(1−t)) ~ N(mean, std²), most often in the middle (Esser et al. 2403.03206 section 3.1). */
export const logitNormalTime = (z: number, { mean = 0, std = 1 } = {}): number =>
  1 / (1 + Math.exp(-mean - std * z));

/** Its density; 0 at both ends. */
export function logitNormalDensity(t: number, { mean = 0, std = 1 } = {}): number {
  if (!(t > 0 && t < 1)) return 0;
  const z = (Math.log(t) - Math.log1p(-t) - mean) / std;
  return Math.exp(-0.5 * z * z) / (std * Math.sqrt(2 * Math.PI) * t * (1 - t));
}
// #endregion
