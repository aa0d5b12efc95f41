// Choose β by the bound
import { print, table } from 'from-noise/cell';
import { exactBound, scheduleFromBetas } from 'from-noise/math';

const data = [
  [1, -1, -1, 1],
  [-1, 1, 1, -1],
];
// DDPM's decoder. An exact one knows the data by heart: then it is best to drown the image at once.
const decoder = 'discretized';
const bound = (betas: number[]) =>
  exactBound({ schedule: scheduleFromBetas(betas), data, variance: 'betaTilde', decoder })
    .bitsPerDim;

// Coordinate search on log(β/(1−β)), which may take any value.
const toBeta = (z: number) => 1 / (1 + Math.exp(-z));
let z = [0.1, 0.2].map((beta) => Math.log(beta / (1 - beta)));
for (let step = 1; step > 1e-4; ) {
  const moves = z.flatMap((_, i) => [step, -step].map((d) => z.with(i, z[i] + d)));
  const best = moves.reduce((a, b) => (bound(b.map(toBeta)) < bound(a.map(toBeta)) ? b : a));
  if (bound(best.map(toBeta)) < bound(z.map(toBeta))) z = best;
  else step /= 2;
}

const betas = z.map(toBeta);
table([
  { schedule: 'the example', bitsPerPixel: bound([0.1, 0.2]) },
  { schedule: 'found', bitsPerPixel: bound(betas) },
  { schedule: 'the floor', bitsPerPixel: 0.25 * Math.log2(data.length) },
]);
print('β found:', betas);
