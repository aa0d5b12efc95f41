/** The weight that each loss gives to an error at time t, whatever the network predicts. */
import { lineY, type PlotOptions, ruleX } from '@observablehq/plot';
import { type Point, thinnedLog } from '../../math/numerics/curves.ts';
import type { WeightScaling } from '../../math/objectives/chain.ts';
import {
  lossWeights,
  WEIGHTING_NAMES,
  WEIGHTINGS,
  type Weighting,
} from '../../math/objectives/weights.ts';
import type { PredictionKind } from '../../math/process/parameterization.ts';
import type { Schedule } from '../../math/process/schedule.ts';
import { colours, dashes, palette } from '../common/colours.ts';
import { lineLabels } from '../common/lineLabels.ts';
import { logTick } from '../common/logTick.ts';
import { countedOver } from '../common/wholeTicks.ts';

/** The first curves, in the order of their colours; `epsilon` is L_simple of DDPM. */
const FIRST: readonly Weighting[] = [
  'elbo',
  'elboBeta',
  'epsilon',
  'velocity',
  'x0',
  'minSnr',
  'truncatedSnr',
  'p2',
];
/** All but `simple`, which is 1 whatever is predicted: one of the others on whatever that is. */
export const SHOWN: readonly { value: Weighting; label: string }[] = [
  ...FIRST,
  ...WEIGHTINGS.filter((value) => value !== 'simple' && !FIRST.includes(value)),
].map((value) => ({ value, label: WEIGHTING_NAMES[value] }));
export const lookOf = (weighting: Weighting) => {
  const i = SHOWN.findIndex(({ value }) => value === weighting);
  return { colour: palette[i % palette.length], dash: dashes[i % (dashes.length - 1)] };
};

/** Weights over t = 1 … T on the squared error of `kind`: the numbers that a network is trained with, scaled as asked. */
export function weightCurve(
  weighting: Weighting,
  kind: PredictionKind,
  schedule: Schedule,
  scaling: WeightScaling,
): Point[] {
  const weights = lossWeights(weighting, kind, schedule, scaling);
  return thinnedLog(1, schedule.T).map((t) => ({ x: t, y: weights[t] }));
}

/** @param label what is written at the vertical axis. */
export function weightPlot(
  curves: readonly { weighting: Weighting; points: readonly Point[] }[],
  cursor: number,
  label: string,
  logT: boolean,
): PlotOptions {
  return {
    x: logT
      ? { label: 't', type: 'log', ticks: 4, tickFormat: logTick }
      : {
          label: 't',
          ...countedOver(curves.flatMap(({ points }) => points.map(({ x }) => x))),
        },
    y: { label, type: 'log', grid: true, ticks: 5, tickFormat: logTick },
    marginLeft: 56,
    marginBottom: 36,
    marginTop: 30,
    marks: [
      ruleX([cursor], { stroke: colours.accent, strokeWidth: 1.5 }),
      ...curves.map(({ weighting, points }) => {
        const { colour, dash } = lookOf(weighting);
        return lineY(points, {
          x: 'x',
          y: 'y',
          stroke: colour,
          strokeWidth: 2.2,
          strokeDasharray: dash,
        });
      }),
      lineLabels(
        curves.flatMap(({ weighting, points }) => {
          const end = points.at(-1);
          const { colour } = lookOf(weighting);
          return end && end.y > 0 ? [{ ...end, name: WEIGHTING_NAMES[weighting], colour }] : [];
        }),
      ),
    ],
  };
}
