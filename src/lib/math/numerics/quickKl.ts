/** Divergences of mixtures on the line, fast enough to follow a finger: one trapezoid sum each. */

import type { Point } from './curves.ts';
import { type Mixture1D, mixtureLogPdf } from './gaussian.ts';

const MOST_POINTS = 6000;

/**
 * A step short enough for the logarithm of a mixture. Bells of variance v whose means are `span` apart add up to 0
 * somewhere π·v/span off the real line; the trapezoid rule errs by e^{−2π·that/step}, here e^{−25}.
 */
function smoothness({ means, variances }: Mixture1D): number {
  const all = Array.from(means);
  const span = Math.max(...all) - Math.min(...all);
  return (2 * Math.PI ** 2 * Math.min(...Array.from(variances))) / (25 * span);
}

/** The integrand p log(p/q) on equal steps over all of p that matters: 12 deviations beyond the outer means. */
export function klIntegrand(p: Mixture1D, q: Mixture1D): Point[] {
  const sigmas = Array.from(p.variances, Math.sqrt);
  const low = Math.min(...Array.from(p.means, (m, i) => m - 12 * sigmas[i]));
  const high = Math.max(...Array.from(p.means, (m, i) => m + 12 * sigmas[i]));
  const step = Math.min(Math.min(...sigmas) / 6, smoothness(p), smoothness(q));
  const count = Math.min(MOST_POINTS, Math.ceil((high - low) / step));
  return Array.from({ length: count + 1 }, (_, i) => {
    const x = low + ((high - low) * i) / count;
    const logP = mixtureLogPdf(x, p);
    const density = Math.exp(logP);
    return { x, y: density > 0 ? density * (logP - mixtureLogPdf(x, q)) : 0 };
  });
}

/** KL(p ‖ q) in nats. The slow, adaptive answer is klMixtures of lib/math; tests hold the two together. */
export function quickKl(p: Mixture1D, q: Mixture1D): number {
  const points = klIntegrand(p, q);
  const step = points[1].x - points[0].x;
  return points.reduce((sum, { y }) => sum + y, 0) * step;
}
