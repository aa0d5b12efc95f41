// Bayes by adding up
import { print, table } from 'from-noise/cell';
import { logPdf, makeSchedule, posterior } from 'from-noise/math';

// One pixel. We know x_0 and x_t; where was x_{t−1}? Try every place on a fine grid.
const schedule = makeSchedule('linear', 10);
const [t, x0, xt] = [5, 1, 0.3];

const step = 0.001;
let [total, mean, square] = [0, 0, 0];
for (let x = -6; x <= 6; x += step) {
  // Bayes: q(x_{t−1} | x_0) · q(x_t | x_{t−1}), up to a constant.
  const before = logPdf(x, Math.sqrt(schedule.alphaBar[t - 1]) * x0, schedule.noiseVariance[t - 1]);
  const after = logPdf(xt, Math.sqrt(1 - schedule.beta[t]) * x, schedule.beta[t]);
  const weight = Math.exp(before + after);
  total += weight;
  mean += weight * x;
  square += weight * x * x;
}
mean /= total;

const formula = posterior(schedule, t);
table([
  { by: 'adding up', mean, variance: square / total - mean * mean },
  {
    by: 'the formula',
    mean: formula.x0Coefficient * x0 + formula.xtCoefficient * xt,
    variance: formula.variance,
  },
]);
print('Change t, x0 and xt: the mean moves on a line, the variance does not move at all.');
