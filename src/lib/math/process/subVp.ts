/**
 * The sub-VP path (2011.13456 eq. 27, 29): the signal of the variance-preserving one, and as noise the square of its
 * noise: less of it at every time, and as much in the end.
 */
import { LINEAR_BETA, linearBeta } from './linearBeta.ts';
import type { Path } from './path.ts';

export function subVp(parameters = LINEAR_BETA): Path {
  const { beta, integral, time } = linearBeta(parameters);
  return {
    name: 'sub-VP',
    range: [0, 1],
    start: 1,
    prior: 1,
    at(t) {
      const signal = Math.exp(-0.5 * integral(t));
      const noise = -Math.expm1(-integral(t));
      const noiseRate = beta(t) * signal * signal;
      const signalRate = -0.5 * beta(t) * signal;
      return { signal, noise, signalRate, noiseRate, varianceRate: 2 * noise * noiseRate };
    },
    // (1 − e^{−B})/e^{−B/2} = 2 sinh(B/2)
    time: (sigma) => time(2 * Math.asinh(sigma / 2)),
  };
}
