/** Error over evaluations, both logarithmic: an order is a slope. */
import { dot, line, type PlotOptions, ruleY, text } from '@observablehq/plot';
import type { LineLaw } from '../../math/exact/lineLaw.ts';
import { orderOf } from '../../math/samplers/arena.ts';
import { SAMPLER_NAMES, SAMPLERS, type SamplerName } from '../../math/samplers/record.ts';
import type { ArenaAnswer } from '../../worker/exact/protocol.ts';
import { colours, dashes, palette } from '../common/colours.ts';
import { lineLabels } from '../common/lineLabels.ts';
import { logTick } from '../common/logTick.ts';

/** The data of the arena: two bells, so that paths have to choose. */
export const LAW: LineLaw = [
  { weight: 0.35, mean: -1, variance: 0.04 },
  { weight: 0.65, mean: 0.7, variance: 0.02 },
];
export const WANTED = [4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128] as const;
/** Of noisy ones many more: their distance has a floor that only numbers lower. */
export const COUNTS = { still: 96, noisy: 1024 } as const;

export const lookOf = (sampler: SamplerName) => {
  const i = SAMPLER_NAMES.indexOf(sampler);
  return { colour: palette[i % palette.length], dash: dashes[i % dashes.length] };
};

/** The slope that a sampler shows at its last points; NaN of one whose own noise hides it. */
export const shownOrder = ({ noisy, points }: ArenaAnswer['curves'][number]): number =>
  noisy ? Number.NaN : orderOf(points);

interface Axes {
  evaluations: string;
  error: string;
  draws: string;
}

export function arenaPlot({ curves, draws }: ArenaAnswer, axes: Axes): PlotOptions {
  const errors = curves.flatMap(({ points }) => points.map(({ error }) => error));
  const shown = errors.filter((error) => error < HIGHEST);
  return {
    x: {
      label: axes.evaluations,
      type: 'log',
      ticks: [...WANTED].filter((n) => Math.log2(n) % 1 === 0),
      tickFormat: String,
      domain: [WANTED[0], WANTED[WANTED.length - 1] * 4],
    },
    y: {
      label: axes.error,
      type: 'log',
      grid: true,
      ticks: 5,
      tickFormat: logTick,
      domain: [Math.min(...shown) / 1.5, HIGHEST],
      clamp: true,
    },
    marginLeft: 52,
    marginBottom: 36,
    marginTop: 26,
    marks: [
      ruleY([draws], { stroke: colours.muted, strokeDasharray: '2 4' }),
      text([{ x: WANTED[0], y: draws, name: axes.draws }], {
        ...{ x: 'x', y: 'y', text: 'name', textAnchor: 'start', dy: -7 },
        ...{ fill: colours.muted, stroke: 'var(--raised)', strokeWidth: 4, paintOrder: 'stroke' },
      }),
      ...curves.flatMap(({ sampler, points }) => {
        const { colour, dash } = lookOf(sampler);
        const at = { x: 'evaluations', y: 'error', clip: true } as const;
        return [
          line(points, { ...at, stroke: colour, strokeWidth: 2.2, strokeDasharray: dash }),
          dot(points, { ...at, fill: colour, r: 2.6 }),
        ];
      }),
      lineLabels(
        curves.flatMap(({ sampler, points }) => {
          const end = points.at(-1);
          if (!end) return [];
          const name = SAMPLERS[sampler].label;
          return [{ x: end.evaluations, y: end.error, name, colour: lookOf(sampler).colour }];
        }),
        { anchor: 'start', above: 0 },
      ),
    ],
  };
}

/** Farther from the data than the data are wide: what blows up leaves the picture. */
const HIGHEST = 3;
