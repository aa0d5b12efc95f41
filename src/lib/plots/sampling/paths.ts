/** One number of each sample along its way from noise: how a sampler travels. */
import { lineY, type PlotOptions, ruleY } from '@observablehq/plot';
import { colours } from '../common/colours.ts';
import { counted } from '../common/wholeTicks.ts';

export interface PathPoint {
  /** Which sample. */
  sample: number;
  t: number;
  value: number;
}

/** Time runs from noise on the left (t = T) to data on the right (t = 0). */
export function paths(
  points: readonly PathPoint[],
  T: number,
  axes: { value: string },
  colour: 'exact' | 'p' = 'exact',
) {
  return {
    x: { domain: [T, 0], label: 't', ...counted(0, T) },
    y: { domain: [-3, 3], label: axes.value, ticks: 5 },
    marginLeft: 44,
    marginBottom: 36,
    marks: [
      ruleY([-1, 1], { stroke: colours.muted, strokeDasharray: '2 4' }),
      lineY(points, {
        x: 't',
        y: 'value',
        z: 'sample',
        stroke: colours[colour],
        strokeOpacity: 0.75,
        strokeWidth: 1.4,
        clip: true,
      }),
    ],
  } satisfies PlotOptions;
}
