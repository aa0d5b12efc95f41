/** Still pictures of chapter 1, for every language: words are given. */
import type { Chart, Strip } from '../../src/components/prose/picture.ts';
import { series } from '../../src/lib/math/numerics/curves.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { forwardStep } from '../../src/lib/math/process/forward.ts';
import { colours } from '../../src/lib/plots/common/colours.ts';
import { lines } from '../../src/lib/plots/common/common.ts';
import { unitVariance } from '../../src/lib/plots/from-noise/ink.ts';
import { digit, linear } from '../numbers/from-noise.ts';
import { still } from './common.ts';
import drawing from './drawing.json';

/** What the variance of a pixel does over the chain of 1000 steps, with the pull and without. */
export function variances(say: { pull: string; free: string; variance: string }): Chart {
  const looks = [
    { name: say.pull, colour: colours.exact },
    { name: say.free, colour: colours.warn, dash: '7 3' },
  ];
  return {
    ratio: 0.36,
    options: lines({
      curves: [true, false].map((shrink, i) => ({
        points: series(unitVariance(linear, shrink)),
        ...looks[i],
      })),
      x: { label: 't', domain: [0, linear.T], counts: true },
      y: { label: say.variance, domain: [0, 12] },
    }),
  };
}

/** Times at which the forward strip is looked at, of 1000 linear steps. */
const TIMES = [0, 50, 100, 200, 300, 400, 600, 1000];

/** One chain from an image of 28 × 28 into noise, a small step at a time. */
export function forwardStrip(name: string): Strip {
  const rng = createRng(11);
  const states: Float64Array[] = [Float64Array.from(digit)];
  for (let t = 1; t <= linear.T; t++)
    states.push(
      forwardStep(states[t - 1], t, linear, rng.fillNormal(new Float64Array(digit.length))),
    );
  const images = TIMES.map((t) => ({
    values: states[t],
    width: 28,
    height: 28,
    under: `t = ${t}`,
  }));
  return { name, role: 'q', images };
}

/** A recorded drawing of the shipped network, from fresh noise to a new digit (scripts/stills.mjs). */
export function reverseStrip(name: string): Strip {
  // A hexadecimal digit for each of 16 greys.
  const values = (pixels: string) =>
    Array.from(pixels, (digit) => Number.parseInt(digit, 16) / 7.5 - 1);
  const images = drawing.frames.map(({ t, pixels }) => still(values(pixels), `t = ${t}`));
  return { name, role: 'p', images };
}
