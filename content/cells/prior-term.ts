// Compute L_T yourself
import { print, table } from 'from-noise/cell';
import { createRng, priorTerm, scheduleFromBetas } from 'from-noise/math';

const image = [1, -1, -1, 1];
const schedule = scheduleFromBetas([0.1, 0.2]);
const signal = Math.sqrt(schedule.alphaBar[schedule.T]);
const sigma = Math.sqrt(schedule.noiseVariance[schedule.T]);

// KL(q ‖ p) is the mean of log q − log p over draws from q. Draw, and average.
const rng = createRng(1);
const draws = 50000;
let [sum, square] = [0, 0];
for (let n = 0; n < draws; n++) {
  let ratio = 0;
  for (const pixel of image) {
    const z = rng.normal();
    const x = signal * pixel + sigma * z;
    ratio += -0.5 * z * z - Math.log(sigma) + 0.5 * x * x; // the two 2π cancel
  }
  sum += ratio;
  square += ratio * ratio;
}
const mean = sum / draws;

table([
  { by: 'drawing', nats: mean },
  { by: 'the formula', nats: priorTerm(schedule, image) },
]);
print('Standard error of the drawing:', Math.sqrt((square / draws - mean * mean) / draws));
print('In bits, by the formula:', priorTerm(schedule, image) / Math.LN2);
// Add more β. Once L_T is smaller than the standard error, drawing may answer with a number below zero.
