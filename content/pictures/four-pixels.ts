/** Still pictures of chapter 10. */
import type { Chart } from '../../src/components/prose/picture.ts';
import { finiteDenoiser } from '../../src/lib/math/exact/finite.ts';
import { sampled } from '../../src/lib/math/numerics/curves.ts';
import { mixtureLogPdf, normalPdf } from '../../src/lib/math/numerics/gaussian.ts';
import { colours } from '../../src/lib/plots/common/colours.ts';
import { reverseView } from '../../src/lib/plots/going-back/reverseKernel.ts';
import { example } from '../numbers/four-pixels.ts';
import { named } from './common.ts';

/** One pixel alone: the other three treat theirs alike. */
const { posteriorMean } = finiteDenoiser({ data: [[1], [-1]], schedule: example });
const REACH = [-2, 2] as const;
export const sCurves: Chart = named(
  [1, 2].map((t) => ({
    name: `t = ${t}`,
    points: sampled((x) => posteriorMean([x], t)[0], REACH),
    colour: [colours.exact, colours.q][t - 1],
    dash: [undefined, '7 3'][t - 1],
  })),
  { label: 'noisy pixel', domain: REACH, ticks: 5 },
  { label: 'average clean pixel', domain: [-1.1, 1.1], ticks: 5 },
  { levels: [-1, 1] },
);

const view = reverseView(example, 2, 0);
const tilde = example.posteriorVariance[2];
const bell = (variance: number) => sampled((x) => normalPdf(x, view.mean, variance), REACH, 241);
/** Four ways to build the step from x₂ = 0, for one pixel. */
export const fourSteps: Chart = named(
  [
    {
      name: 'exact kernel',
      points: sampled((x) => Math.exp(mixtureLogPdf(x, view.mixture)), REACH, 241),
      colour: colours.exact,
      width: 2.6,
    },
    { name: 'best bell', points: bell(view.variance), colour: colours.p, dash: '7 3' },
    { name: 'σ² = β', points: bell(example.beta[2]), colour: colours.q, dash: '2 3' },
    { name: 'σ² = β̃', points: bell(tilde), colour: colours.noise, dash: '9 3 2 3' },
  ],
  { label: 'pixel at t = 1', domain: REACH, ticks: 5 },
  { label: 'density', domain: [0, 1.6], ticks: 4 },
);
