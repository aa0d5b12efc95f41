/** Still pictures of the chapter on few steps. */
import { dot, line, type PlotOptions } from '@observablehq/plot';
import type { Chart } from '../../src/components/prose/picture.ts';
import { linePlaces } from '../../src/lib/math/exact/lineLaw.ts';
import { mixtureDenoiser } from '../../src/lib/math/exact/mixture.ts';
import { samplerMoves } from '../../src/lib/math/samplers/record.ts';
import { walk } from '../../src/lib/math/samplers/sample.ts';
import { TIME_GRID_NAMES, TIME_GRIDS } from '../../src/lib/math/samplers/timeGrids.ts';
import { colours, palette } from '../../src/lib/plots/common/colours.ts';
import { LAW } from '../../src/lib/plots/few-steps/arena.ts';
import { factorsAt, linear } from '../numbers/few-steps.ts';
import { named } from './common.ts';

const one = mixtureDenoiser({
  components: LAW.map(({ weight, mean, variance }) => ({
    weight,
    mean: [mean],
    covariance: variance,
  })),
  schedule: linear,
}).predict('x0');

/** The paths of a few particles in x/√ᾱ over σ, where straight pieces are Euler's, by so many steps of DDIM. */
function pathsOf(steps: number) {
  const times = TIME_GRIDS.logSnr.times(linear, steps);
  const sigma = (t: number) => (t === 0 ? 0 : linear.snr[t] ** -0.5);
  const start = linePlaces(LAW, linear, linear.T, 6);
  const rows = [{ s: linear.T, x: start }];
  const states = walk(samplerMoves(linear, times, { sampler: 'ddim' }), linear, {
    denoiser: (x, t) => x.map((value) => one(Float64Array.of(value), t)[0]),
    prediction: 'x0',
    xT: start,
    rng: { normal: () => 0 },
  });
  for (const { s, x } of states) rows.push({ s, x: Float64Array.from(x) });
  return rows.flatMap(({ s, x }) =>
    Array.from(x, (value, particle) => ({
      sigma: sigma(s),
      y: value / Math.sqrt(linear.alphaBar[s]),
      particle,
    })),
  );
}
const NEAR = 2.2;
const where = { x: 'sigma', y: 'y', z: 'particle', clip: true } as const;
/** Fine paths, and those of six steps beside them. */
export const corners: Chart = {
  ratio: 0.42,
  options: {
    x: { label: 'σ = noise/signal', domain: [NEAR, 0], ticks: 5 },
    y: { label: 'x/signal', domain: [-3.4, 3.4], ticks: 5, grid: true },
    marginLeft: 46,
    marginBottom: 36,
    marks: [
      line(pathsOf(200), { ...where, stroke: colours.exact, strokeWidth: 2 }),
      line(pathsOf(8), {
        ...where,
        stroke: colours.warn,
        strokeWidth: 1.6,
        strokeDasharray: '5 3',
      }),
      dot(pathsOf(8), { x: 'sigma', y: 'y', clip: true, fill: colours.warn, r: 3 }),
    ],
  } satisfies PlotOptions,
};

const dots = TIME_GRID_NAMES.flatMap((grid, i) =>
  TIME_GRIDS[grid]
    .times(linear, 10)
    .map((t) => ({ t, name: TIME_GRIDS[grid].label, colour: palette[i] })),
);
/** Where ten steps of a thousand stop, by three clocks. */
export const grids: Chart = {
  options: {
    height: 150,
    x: { label: 't', domain: [1040, 0], ticks: 4, grid: true },
    y: { label: null, domain: TIME_GRID_NAMES.map((grid) => TIME_GRIDS[grid].label) },
    marginLeft: 170,
    marginBottom: 36,
    marks: [dot(dots, { x: 't', y: 'name', fill: 'colour', r: 4.5 })],
  } satisfies PlotOptions,
};

const sigmas = Array.from({ length: 81 }, (_, i) => 10 ** (-2.5 + i / 16));
/** EDM's factors over σ. */
export const factors: Chart = named(
  (
    [
      ['c_skip', 'skip', colours.exact, undefined],
      ['c_out', 'output', colours.p, '7 3'],
      ['c_in', 'input', colours.q, '2 3'],
    ] as const
  ).map(([name, key, colour, dash]) => ({
    ...{ name, colour, dash },
    points: sigmas.map((sigma) => ({ x: sigma, y: factorsAt(sigma)[key] })),
  })),
  { label: 'σ', domain: [sigmas[0], sigmas[80]], log: true },
  { label: 'factor', domain: [0, 2.1] },
);
