// Compute L_T yourself
import { print, table } from 'from-noise/cell';
import { createRng, makeSchedule, priorTerm } from 'from-noise/math';

const image = [1, -1, -1, 1];
const schedule = makeSchedule('linear', 20);
const signal = Math.sqrt(schedule.alphaBar[schedule.T]);
const sigma = Math.sqrt(schedule.noiseVariance[schedule.T]);

// KL(q ‖ p) is the mean of log q − log p over draws from q. Draw, and average.
const rng = createRng(1);
const draws = 50000;
let sum = 0;
for (let n = 0; n < draws; n++) {
  for (const pixel of image) {
    const z = rng.normal();
    const x = signal * pixel + sigma * z;
    sum += -0.5 * z * z - Math.log(sigma) + 0.5 * x * x; // the two 2π cancel
  }
}

table([
  { by: 'drawing', nats: sum / draws },
  { by: 'the formula', nats: priorTerm(schedule, image) },
]);
print('In bits:', priorTerm(schedule, image) / Math.LN2, '. Try the cosine schedule, and T = 2.');
