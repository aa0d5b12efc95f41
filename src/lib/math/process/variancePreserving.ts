/**
 * The variance-preserving path (2011.13456 eq. 11, 33): dx = −½β x dt + √β dw, so signal² = e^{−∫β dt} and
 * signal² + noise² = 1. The chain of DDPM is this one, with a β of its own for every step.
 */

import { LINEAR_BETA, linearBeta } from './linearBeta.ts';
import { ornsteinUhlenbeckMoments } from './ou.ts';
import type { Path, PathPoint } from './path.ts';

export function variancePreserving(parameters = LINEAR_BETA): Path {
  const { beta, integral, time } = linearBeta(parameters);
  return {
    name: 'variance preserving',
    range: [0, 1],
    start: 1,
    prior: 1,
    at: (t) => preservingPoint(1, 0, integral(t), beta(t)),
    // 1 + σ² = e^{∫β dt}
    time: (sigma) => time(Math.log1p(sigma * sigma)),
  };
}

/** From a given signal and noise variance on by ∫β dt = `integral`, at a place where the rate is β. */
export function preservingPoint(
  signal: number,
  noiseVariance: number,
  integral: number,
  beta: number,
): PathPoint {
  const { mean, variance } = ornsteinUhlenbeckMoments(signal, noiseVariance, integral);
  const noise = Math.sqrt(variance);
  const varianceRate = beta * mean * mean;
  return {
    signal: mean,
    noise,
    signalRate: -0.5 * beta * mean,
    noiseRate: varianceRate / (2 * noise),
    varianceRate,
  };
}
