/** The plane of clean pixel and noise, with the line of all pairs that give the observed x_t. */
import { arrow, dot, line, type PlotOptions, ruleX, ruleY, text } from '@observablehq/plot';
import { colours } from '../common/colours.ts';
import { lineLabels } from '../common/lineLabels.ts';
import type { Guesses } from './converter.ts';

const REACH = 3;

/** What is written at the axes. */
export interface ConverterAxes {
  clean: string;
  noise: string;
  /** At the line of all pairs. */
  pairs: string;
}

/** @param c √ᾱ_t @param s √(1−ᾱ_t) */
export function converterPlot(
  guess: Guesses,
  xt: number,
  c: number,
  s: number,
  say: ConverterAxes,
): PlotOptions {
  // x_t = c·x_0 + s·ε is a line with normal (c, s); v runs along it.
  const foot = [c * xt, s * xt];
  const ends = [-9, 9].map((along) => ({ x: foot[0] - s * along, y: foot[1] + c * along }));
  // Its name stands by its upper end, clear of both arrows.
  const along = Math.min((0.85 * REACH - foot[1]) / c, (foot[0] + 0.7 * REACH) / s);
  const name = { x: foot[0] - s * along, y: foot[1] + c * along };
  const axes = [
    { x1: 0, y1: 0, x2: c * 1.6, y2: s * 1.6, name: 'xₜ', colour: colours.q },
    { x1: 0, y1: 0, x2: -s * 1.6, y2: c * 1.6, name: 'v', colour: colours.noise },
  ];
  const point = [{ x: guess.x0, y: guess.epsilon }];
  return {
    aspectRatio: 1,
    x: { label: say.clean, domain: [-REACH, REACH], ticks: 7, grid: true },
    y: { label: say.noise, domain: [-REACH, REACH], ticks: 7, grid: true },
    marginLeft: 40,
    marginBottom: 36,
    marks: [
      ruleX([0], { stroke: colours.rule }),
      ruleY([0], { stroke: colours.rule }),
      line(ends, { x: 'x', y: 'y', stroke: colours.q, strokeWidth: 2.4, clip: true }),
      arrow(axes, { x1: 'x1', y1: 'y1', x2: 'x2', y2: 'y2', stroke: 'colour', strokeWidth: 2 }),
      text(axes, {
        x: 'x2',
        y: 'y2',
        text: 'name',
        fill: 'colour',
        dx: 10,
        dy: -6,
        fontWeight: 600,
      }),
      lineLabels([{ ...name, name: say.pairs, colour: colours.q }], { anchor: 'start', above: 0 }),
      dot(point, { x: 'x', y: 'y', r: 6, fill: colours.p, clip: true }),
    ],
  };
}
