/** Still pictures of chapter 7. */
import type { PlotOptions } from '@observablehq/plot';
import type { Chart, Strip } from '../../src/components/prose/picture.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { diffuse } from '../../src/lib/math/process/forward.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';
import { reverseView, splitExample } from '../../src/lib/plots/going-back/reverseKernel.ts';
import { reversePlot } from '../../src/lib/plots/going-back/reverseKernelPlot.ts';
import { digitRows, knowing, still } from './common.ts';

const axes = { earlier: 'pixel one step earlier', density: 'density', steps: '', price: '' };
/** The caption says which line is which: three names do not fit into a third of the column. */
const names = { truth: '', best: '', where: '' };
/** Three side by side have room for five numbers. */
const sparse = (options: PlotOptions): PlotOptions => ({
  ...options,
  x: { ...options.x, ticks: 4 },
});
/** The last reverse step at x_T = 0, for the same noise in 2, 6 and 20 steps. */
export const bumpsMelt: Chart[] = [2, 6, 20].map((T) => ({
  title: `T = ${T}`,
  ratio: 0.8,
  options: sparse(reversePlot(reverseView(splitExample(T), T, 0), 0, [-2, 2], axes, names)),
}));

/** Digits that are all the data, for pictures of the average and of draws. */
export const KNOWN = 400;
const cosine = makeSchedule('cosine', 1000);
const rows = digitRows(KNOWN);
const HIDDEN = 123;
/** A digit, its noisy version, the average of all digits behind it, and three draws from them, at two times. */
export const guessAndDraws: Strip[] = [850, 930].map((t) => {
  const rng = createRng(`guess ${t}`);
  const xt = diffuse(rows[HIDDEN], t, cosine, rng.fillNormal(new Float64Array(rows[0].length)));
  const denoiser = knowing(rows, cosine);
  const weights = denoiser.posteriorWeights(xt, t);
  const draw = () => {
    let left = rng.uniform();
    const found = weights.findIndex((w) => {
      left -= w;
      return left < 0;
    });
    return rows[found < 0 ? rows.length - 1 : found];
  };
  return {
    name: `t = ${t}`,
    role: 'exact',
    images: [
      still(rows[HIDDEN], 'a digit'),
      still(xt, 'with noise'),
      still(denoiser.posteriorMean(xt, t), 'the average'),
      ...Array.from({ length: 3 }, () => still(draw(), 'a draw')),
    ],
  };
});
