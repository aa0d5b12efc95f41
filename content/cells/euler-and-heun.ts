// Does halving the steps quarter the error?
import { table } from 'from-noise/cell';
import { gaussianFlow, makeSchedule, mixtureDenoiser } from 'from-noise/math';

// One bell of data: its path is known in closed form.
const schedule = makeSchedule('linear', 1000);
const bell = { mean: [0.5], covariance: 0.09 };
const denoiser = mixtureDenoiser({ components: [{ weight: 1, ...bell }], schedule }).predict(
  'epsilon',
);
const [from, to] = [1000, 100];
const start = [1.2];
const truth = gaussianFlow({ schedule, ...bell })(start, from, to).x[0];

// The path in y = x/√ᾱ over σ: its slope is the guessed noise.
const root = (t: number) => Math.sqrt(schedule.alphaBar[t]);
const sigma = (t: number) => Math.sqrt(schedule.noiseVariance[t]) / root(t);
const slope = (y: number, t: number) => denoiser(Float64Array.of(y * root(t)), t)[0];

function end(steps: number, heun: boolean) {
  let y = start[0] / root(from);
  for (let i = 0; i < steps; i++) {
    const [t, s] = [i, i + 1].map((k) => Math.round(from + ((to - from) * k) / steps));
    const h = sigma(s) - sigma(t);
    const k1 = slope(y, t);
    const k2 = heun ? slope(y + h * k1, s) : k1;
    y += (h * (k1 + k2)) / 2;
  }
  return y * root(to);
}

table(
  [18, 36, 90, 180].map((evaluations) => ({
    evaluations,
    Euler: Math.abs(end(evaluations, false) - truth).toExponential(1),
    Heun: Math.abs(end(evaluations / 2, true) - truth).toExponential(1),
  })),
);
