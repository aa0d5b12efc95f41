// Learn a width from single draws
import { print, table } from 'from-noise/cell';
import {
  bestFraction,
  coinError,
  coinErrorMoments,
  createRng,
  makeSchedule,
  varianceGradient,
} from 'from-noise/math';

const schedule = makeSchedule('linear', 100);
const rng = createRng(1);

// One step t, one pixel of black or white, the exact denoiser. Each draw gives the slope of its own term in f.
function learn(t: number, draws: number, rate: number) {
  let f = 0.5;
  const range = Math.log(schedule.beta[t] / schedule.posteriorVariance[t]);
  for (let n = 0; n < draws; n++) {
    const error = coinError(schedule.snr[t], rng.normal()) ** 2;
    const slope = varianceGradient(schedule, t, error, 1, f);
    // In units of the term's own curvature, ½ range², and ever smaller steps: the mean of many slopes decides.
    f -= ((rate / (1 + n / 200)) * slope) / (0.5 * range * range);
  }
  return f;
}

table(
  [8, 12, 16, 20, 30, 50].map((t) => ({
    t,
    learned: learn(t, 20000, 0.05),
    best: bestFraction(schedule, t, coinErrorMoments(schedule.snr[t])[0]),
  })),
);
print(
  'With 200 draws of each t in place of 20000, how far off are they? And why most of all at small t?',
);
