/** Still pictures of the chapter on scores and time. */
import type { Chart } from '../../src/components/prose/picture.ts';
import { lineDensity } from '../../src/lib/math/exact/lineLaw.ts';
import { PATHS } from '../../src/lib/math/process/paths.ts';
import { lineDenoiser } from '../../src/lib/math/samplers/lineWalks.ts';
import { colours } from '../../src/lib/plots/common/colours.ts';
import { LAW, schedule } from '../../src/lib/plots/scores/line.ts';
import { roundTrips, stretchedBy, surprise, trueSurprise } from '../numbers/scores.ts';
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

const scoreOf = lineDenoiser(LAW, schedule).predict('score');
const T_SEEN = 20;
/** A density and its score. */
export const arrows: Chart = named(
  [
    {
      name: 'density',
      colour: colours.exact,
      points: places.map((x) => ({ x, y: lineDensity(LAW, schedule, T_SEEN, x) })),
    },
    {
      name: 'score / 10',
      colour: colours.p,
      dash: '7 3',
      points: places.map((x) => ({ x, y: scoreOf(Float64Array.of(x), T_SEEN)[0] / 10 })),
    },
  ],
  { label: 'x', domain: [-2.2, 2] },
  { label: 'density, score/10', domain: [-1.6, 1.6] },
);

/** What going up and back costs. */
export const trips: Chart = named(
  [
    {
      name: 'off by',
      colour: colours.p,
      points: roundTrips.map(({ steps, off }) => ({ x: steps, y: off })),
    },
  ],
  { label: 'steps each way', domain: [10, 200], log: true },
  { label: 'root mean square', domain: [0.005, 0.5], log: true },
);

/** The sum of the divergence on the way from the data, by where it begins. */
export const stretching: Chart = named(
  [-1.4, 0, 1, 1.3].map((x, i) => ({
    name: `x = ${String(x).replace('-', '−')}`,
    colour: [colours.q, colours.warn, colours.exact, colours.p][i],
    dash: [undefined, '7 3', '2 3', '9 3 2 3'][i],
    points: stretchedBy(x).map(({ t, integral }) => ({ x: t, y: integral })),
  })),
  { label: 't', domain: [0, 1] },
  { label: '∫ divergence, nats', domain: [-20, 3] },
);
