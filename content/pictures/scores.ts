/** Still pictures of the chapter on scores and time. */
import type { Chart } from '../../src/components/prose/picture.ts';
import { PATHS } from '../../src/lib/math/process/paths.ts';
import { colours } from '../../src/lib/plots/common/colours.ts';
import { surprise, trueSurprise } from '../numbers/scores.ts';
import { named } from './common.ts';

const times = Array.from({ length: 61 }, (_, i) => i / 60);
const KINDS = [
  ['variancePreserving', 'preserving', colours.q, undefined],
  ['subVp', 'sub-preserving', colours.p, '7 3'],
  ['varianceExploding', 'exploding', colours.exact, '2 3'],
] as const;
const over = (part: 'signal' | 'noise') =>
  KINDS.map(([path, name, colour, dash]) => ({
    ...{ name, colour, dash },
    points: times.map((t) => ({ x: t, y: PATHS[path].at(t)[part] })),
  }));
/** Signal and noise of three equations. */
export const signals: Chart = named(
  over('signal'),
  { label: 't', domain: [0, 1] },
  { label: 'signal', domain: [0, 1.1] },
  { title: 'Signal', ratio: 0.5 },
);
export const noises: Chart = named(
  over('noise'),
  { label: 't', domain: [0, 1] },
  { label: 'noise', domain: [0.01, 100], log: true },
  { title: 'Noise', ratio: 0.5 },
);

const places = Array.from({ length: 71 }, (_, i) => -2.2 + (4.2 * i) / 70);
/** The surprise of one number by the ODE, over the truth. */
export const surprises: Chart = named(
  [
    {
      name: 'the data’s own',
      colour: colours.exact,
      points: places.map((x) => ({ x, y: trueSurprise(x) })),
    },
    {
      name: 'by the ODE',
      colour: colours.p,
      dash: '5 4',
      points: places.map((x) => ({ x, y: surprise(x) })),
    },
  ],
  { label: 'x', domain: [-2.2, 2] },
  { label: '−log p(x), nats', domain: [-1, 20] },
);
