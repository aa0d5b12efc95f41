/**
 * The variance-exploding path (2011.13456 eq. 30, 31): the image stays as it is, under noise that grows geometrically
 * from σ_min to σ_max.
 */
import type { Path } from './path.ts';

/** σ_min and σ_max as in their code. @throws RangeError unless 0 < σ_min < σ_max. */
export function varianceExploding({ sigmaMin = 0.01, sigmaMax = 50 } = {}): Path {
  if (!(sigmaMin > 0 && sigmaMax > sigmaMin && sigmaMax < Number.POSITIVE_INFINITY)) {
    throw new RangeError(
      `σ: expected 0 < σ_min < σ_max; found ${sigmaMin} and ${sigmaMax}. Choose others.`,
    );
  }
  const rate = Math.log(sigmaMax / sigmaMin);
  return {
    name: 'variance exploding',
    range: [0, 1],
    start: 1,
    prior: sigmaMax,
    at(t) {
      const noise = sigmaMin * (sigmaMax / sigmaMin) ** t;
      const noiseRate = noise * rate;
      return { signal: 1, noise, signalRate: 0, noiseRate, varianceRate: 2 * noise * noiseRate };
    },
    time: (sigma) => Math.log(sigma / sigmaMin) / rate,
  };
}
