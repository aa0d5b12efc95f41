/** The path of EDM (2206.00364 section 3): time is the noise itself, x_t = x_0 + t·ε. */
import type { Path } from './path.ts';

/** Sampling starts at σ_max, 80 in their code; training may go beyond. @throws RangeError unless σ_max > 0. */
export function edm({ sigmaMax = 80 } = {}): Path {
  if (!(sigmaMax > 0 && sigmaMax < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`σ_max: expected a number above 0; found ${sigmaMax}. Choose one.`);
  }
  return {
    name: 'EDM',
    range: [0, Number.POSITIVE_INFINITY],
    start: sigmaMax,
    prior: sigmaMax,
    at: (t) => ({ signal: 1, noise: t, signalRate: 0, noiseRate: 1, varianceRate: 2 * t }),
    time: (sigma) => sigma,
  };
}
