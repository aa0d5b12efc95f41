/** The line that an answer draws through x_t: its ends are the guesses of datum and noise, its slope is the velocity. */
import { dot, line, type PlotOptions, ruleX, text } from '@observablehq/plot';
import { colours } from '../common/colours.ts';
import type { FlowAnswers } from './flowConverter.ts';

export interface FlowLineWords {
  time: string;
  value: string;
  datum: string;
  noise: string;
  slope: (velocity: string) => string;
}

const REACH = 3;

export function flowLine(
  { x0, epsilon, flowVelocity }: Pick<FlowAnswers, 'x0' | 'epsilon' | 'flowVelocity'>,
  { t, xt }: { t: number; xt: number },
  say: FlowLineWords,
  print: (value: number) => string,
): PlotOptions {
  const ends = [
    { t: 0, x: x0, name: say.datum, colour: colours.p, dx: 8, anchor: 'start' as const },
    { t: 1, x: epsilon, name: say.noise, colour: colours.noise, dx: -8, anchor: 'end' as const },
  ];
  const here = [{ t, x: xt, name: `xₜ, ${say.slope(print(flowVelocity))}` }];
  const inside = (x: number) => Math.max(-REACH + 0.25, Math.min(REACH - 0.25, x));
  return {
    x: { label: say.time, domain: [-0.02, 1.02], ticks: 5 },
    y: { label: say.value, domain: [-REACH, REACH], ticks: 7, grid: true },
    marginLeft: 40,
    marginBottom: 36,
    marks: [
      ruleX([0, 1], { stroke: colours.rule }),
      ruleX([t], { stroke: colours.muted, strokeDasharray: '2 4' }),
      line(ends, { x: 't', y: 'x', stroke: colours.exact, strokeWidth: 2.4, clip: true }),
      dot(ends, { x: 't', y: 'x', fill: 'colour', r: 5, clip: true }),
      dot(here, { x: 't', y: 'x', fill: colours.q, r: 6, clip: true }),
      ...ends.map(({ anchor, dx, ...end }) =>
        text([end], {
          x: 't',
          y: inside(end.x),
          text: 'name',
          fill: 'colour',
          fontWeight: 600,
          textAnchor: anchor,
          dx,
          dy: -12,
        }),
      ),
      text(here, {
        x: 't',
        y: inside(xt),
        text: 'name',
        fill: colours.q,
        fontWeight: 600,
        dy: 18,
        textAnchor: t < 0.3 ? 'start' : t > 0.7 ? 'end' : 'middle',
      }),
    ],
  };
}
