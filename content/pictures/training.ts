/** Still pictures of chapter 5. */
import { dot, lineY } from '@observablehq/plot';
import type { Chart, Strip } from '../../src/components/prose/picture.ts';
import { toyData } from '../../src/lib/data/toyData.ts';
import { finiteDenoiser } from '../../src/lib/math/exact/finite.ts';
import { sampled } from '../../src/lib/math/numerics/curves.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { diffuse } from '../../src/lib/math/process/forward.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';
import { colours } from '../../src/lib/plots/common/colours.ts';
import { digitRows, named, still } from './common.ts';

const BATCH = 8;
const thousand = makeSchedule('cosine', 1000);
const rng = createRng('a batch');
const rows = digitRows(BATCH, 7);
/** One time from each eighth of 1…1000, as in batch.ts. */
const times = rows.map((_, i) => 1 + Math.floor((1000 * (i + rng.uniform())) / BATCH));
const noises = rows.map((row) => rng.fillNormal(new Float64Array(row.length)));

/** What is drawn for one step of training, and what goes into the network. */
export const batch: Strip[] = [
  { name: 'pictures x₀', images: rows.map((row) => still(row)) },
  { name: 'noise ε', role: 'p', images: noises.map((noise) => still(noise)) },
  {
    name: 'what goes in, xₜ',
    role: 'q',
    images: rows.map((row, i) =>
      still(diffuse(row, times[i], thousand, noises[i]), `t = ${times[i]}`),
    ),
  },
];

/** The middle time of the chain of ten steps in the chapter's cell: its loss 1 − 2ws + w² is least at w = s. */
const s = Math.sqrt(makeSchedule('cosine', 10).noiseVariance[5]);
const lossAt = (w: number) => 1 - 2 * w * s + w * w;
const STEPS = 8;
/** Gradient descent on that loss at three learning rates: each step takes away 2η of the distance. */
export const rates: Chart[] = [0.1, 0.9, 1.05].map((eta) => {
  const path = [-0.25];
  for (let k = 0; k < STEPS; k++) path.push(path[k] - eta * 2 * (path[k] - s));
  const points = path.map((w) => ({ x: w, y: lossAt(w) }));
  return {
    ...named(
      [{ name: `η = ${eta}`, points: sampled(lossAt, [-1.2, 2.6]), colour: colours.muted }],
      { label: 'weight w', domain: [-1.2, 2.6], ticks: 4 },
      { label: 'loss', domain: [0, 3], ticks: 3 },
      {
        ratio: 0.85,
        extra: [
          lineY(points, { x: 'x', y: 'y', stroke: colours.p, strokeWidth: 1.2, clip: true }),
          dot(points, { x: 'x', y: 'y', fill: colours.p, r: 3, clip: true }),
        ],
      },
    ),
  };
});

const chain = makeSchedule('cosine', 100);
const SETS = [
  { name: 'two pictures', set: 'two', colour: colours.q, dash: undefined },
  { name: 'bars and stripes', set: 'bars', colour: colours.noise, dash: '7 3' },
  { name: 'all sixteen', set: 'all16', colour: colours.p, dash: '2 3' },
] as const;
/** The floor of the loss of ε over t, per pixel. */
export const floorsOverT: Chart = named(
  SETS.map(({ name, set, colour, dash }) => {
    const { lossFloor } = finiteDenoiser({ ...toyData(set), schedule: chain });
    return {
      ...{ name, colour, dash },
      points: Array.from({ length: chain.T }, (_, i) => ({
        x: i + 1,
        y: lossFloor(i + 1, 'epsilon') / 4,
      })),
    };
  }),
  { label: 't', domain: [1, chain.T], counts: true },
  { label: 'least error of ε, per pixel', domain: [0, 0.5] },
);

const DECAY = 0.99;
/** The weight of one time while it trains on single draws at a constant rate, and its moving average. */
export const average: Chart = (() => {
  const noise = createRng('average');
  const [raw, mean] = [[{ x: 0, y: 0 }], [{ x: 0, y: 0 }]];
  const c = Math.sqrt(1 - s * s);
  for (let k = 1, w = 0, m = 0; k <= 600; k++) {
    const eps = noise.normal();
    const x = c * (noise.uniform() < 0.5 ? -1 : 1) + s * eps;
    w += 0.05 * (eps - w * x) * x;
    m = DECAY * m + (1 - DECAY) * w;
    raw.push({ x: k, y: w });
    mean.push({ x: k, y: m });
  }
  return named(
    [
      { name: 'the weight', points: raw, colour: colours.muted, width: 1 },
      { name: `its moving average, μ = ${DECAY}`, points: mean, colour: colours.p, width: 2.4 },
    ],
    { label: 'step', domain: [0, 600], counts: true },
    { label: 'weight', domain: [-0.1, 1.1] },
    { levels: [s] },
  );
})();
