/**
 * Loss weights over t, relative to the squared error of the prediction itself, scaled to mean 1 over t = 1…T, so that
 * the learning rate means the same for all. A prediction error e is a·e in ε and b·e in x_0 (parameterization.ts).
 */
import { conversion } from '../math/parameterization.ts';
import type { Schedule } from '../math/schedule.ts';
import type { Weighting } from './options.ts';

/** Length T+1; entry 0 is unused (0). */
export function lossWeights(
  kind: Weighting,
  schedule: Schedule,
  prediction: 'epsilon' | 'x0' | 'v',
): Float64Array {
  const weights = new Float64Array(schedule.T + 1);
  for (let t = 1; t <= schedule.T; t++) {
    const onX0 = conversion(prediction, 'x0', t, schedule).prediction ** 2;
    const snr = schedule.snr[t];
    switch (kind) {
      case 'simple':
        weights[t] = 1;
        break;
      case 'epsilon':
        weights[t] = conversion(prediction, 'epsilon', t, schedule).prediction ** 2;
        break;
      case 'x0':
        weights[t] = onX0;
        break;
      case 'minSnr':
        weights[t] = Math.min(snr, 5) * onX0;
        break;
      case 'truncatedSnr':
        weights[t] = Math.max(snr, 1) * onX0;
        break;
      case 'elbo':
        // KL of two Gaussians with variance β̃: ½(SNR_{t-1} − SNR_t)‖x_0 − x̂_0‖². At t = 1 SNR_0 is infinite (the
        // decoder's business); SNR_1 stands in for it.
        weights[t] = 0.5 * ((t > 1 ? schedule.snr[t - 1] : 2 * snr) - snr) * onX0;
        break;
    }
  }
  const mean = weights.reduce((total, w) => total + w, 0) / schedule.T;
  return weights.map((w) => w / mean);
}
