// Four targets, one loss
import { print, table } from 'from-noise/cell';
import { convertPrediction, diffuse, makeSchedule, predictionTarget } from 'from-noise/math';

const schedule = makeSchedule('cosine', 1000);
const x0 = Float64Array.from([1, -1, -1, 1]);
const noise = Float64Array.from([0.3, -1.2, 0.8, 0.1]);

// A guess that is off by 0.1 in ε. How far off is it in the other languages?
table(
  [10, 250, 500, 750, 990].map((t) => {
    const xt = Float64Array.from(diffuse(x0, t, schedule, noise));
    const guess = noise.map((e) => e + 0.1);
    const error = (kind: 'epsilon' | 'x0' | 'v') => {
      const said = convertPrediction(guess, xt, 'epsilon', kind, t, schedule);
      const target = predictionTarget(kind, x0, noise, t, schedule);
      return Math.abs(said[0] - target[0]);
    };
    return { t, epsilon: error('epsilon'), x0: error('x0'), v: error('v') };
  }),
);
print('The same mistake, weighed differently at every t: choosing a target is choosing weights.');
// Now let the guess be off by 0.1 in v: convert from 'v' instead.
