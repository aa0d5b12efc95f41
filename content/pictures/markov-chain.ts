/** Still pictures of chapter 2. */
import type { Chart, Strip } from '../../src/components/prose/picture.ts';
import { heat } from '../../src/lib/math/mistakes/heat.ts';
import { series } from '../../src/lib/math/numerics/curves.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { forwardStep } from '../../src/lib/math/process/forward.ts';
import { colours } from '../../src/lib/plots/common/colours.ts';
import { example, linear, wrong } from '../numbers/markov-chain.ts';
import { named, still } from './common.ts';

const SIDE = 12;
const image = (f: (x: number, y: number) => number) =>
  Float64Array.from({ length: SIDE * SIDE }, (_, i) => f(i % SIDE, Math.floor(i / SIDE)));
const PATTERNS = {
  'fine pattern': image((x, y) => ((x + y) % 2 === 0 ? 1 : -1)),
  'wide gradient': image((x) => (2 * x) / (SIDE - 1) - 1),
};
/** Forward steps with β = 0.1 that are averaged. */
export const AVERAGED = 2000;

function averaged(pattern: Float64Array): Float64Array {
  const rng = createRng(5);
  const sum = new Float64Array(pattern.length);
  for (let k = 0; k < AVERAGED; k++)
    forwardStep(pattern, 1, example, rng.fillNormal(new Float64Array(pattern.length))).forEach(
      (value, i) => {
        sum[i] += value / AVERAGED;
      },
    );
  return sum;
}

/** Two patterns after one step of noise, averaged over many, and after a blur of one pixel. */
export const noiseAndBlur: Strip[] = Object.entries(PATTERNS).map(([name, pattern]) => ({
  name,
  images: [
    still(pattern, 'before', SIDE),
    still(
      forwardStep(pattern, 1, example, createRng(4).fillNormal(new Float64Array(pattern.length))),
      'one forward step, β = 0.1',
      SIDE,
    ),
    still(averaged(pattern), `mean of ${AVERAGED} such steps`, SIDE),
    // The heat equation after s spreads by √(2s).
    still(heat(pattern, SIDE, 0.5), 'blurred by one pixel', SIDE),
  ],
}));

/** Variance of the noise over the usual chain: right, and with β in the place of its root. */
export const wrongVariance: Chart = named(
  [
    { name: 'with √β', points: series(linear.noiseVariance), colour: colours.exact },
    { name: 'with β', points: series(wrong), colour: colours.warn, dash: '7 3' },
  ],
  { label: 't', domain: [0, linear.T], counts: true },
  { label: 'variance of the noise', domain: [0, 1.05] },
);
