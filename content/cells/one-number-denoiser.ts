// Train a network of one number
import { chart, print, table } from 'from-noise/cell';
import { createRng, makeSchedule } from 'from-noise/math';

// Data: a pixel that is −1 or +1. Network: ε̂ = k_t · x_t, one weight for each t. Loss: (ε − ε̂)².
const schedule = makeSchedule('cosine', 10);
const rng = createRng(1);
const weights = new Float64Array(schedule.T + 1);
const losses: { step: number; loss: number }[] = [];
let smoothed = 1;

for (let step = 1; step <= 20000; step++) {
  const t = 1 + rng.int(schedule.T);
  const x0 = rng.uniform() < 0.5 ? -1 : 1;
  const noise = rng.normal();
  const xt = Math.sqrt(schedule.alphaBar[t]) * x0 + Math.sqrt(schedule.noiseVariance[t]) * noise;
  const error = noise - weights[t] * xt;
  weights[t] += (0.05 / (1 + step / 2000)) * error * xt; // one step of gradient descent
  smoothed += 0.005 * (error * error - smoothed);
  if (step % 100 === 0) losses.push({ step, loss: smoothed });
}

chart({
  marks: [{ mark: 'lineY', data: losses, channels: { x: 'step', y: 'loss' } }],
  y: { zero: true },
});
// For data of variance 1 the best weight is √(1 − ᾱ_t): check it.
table(
  [1, 3, 5, 8, 10].map((t) => ({
    t,
    learned: weights[t],
    best: Math.sqrt(schedule.noiseVariance[t]),
  })),
);
print('A network that is not linear can do better still: see the least possible loss above.');
