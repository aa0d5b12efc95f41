/** Marks of the heat map of losses, and of the last column against its floor. */
import { barX, type PlotOptions, rect, ruleX, tickX } from '@observablehq/plot';
import { colours } from './colours.ts';
import { bucketRange, type HeatCell } from './lossHeat.ts';

/** "t 1–10", counted from the top: small t first. */
export const bucketLabel = (k: number, count: number, T: number): string => {
  const [first, last] = bucketRange(k, count, T);
  return `${first}–${last}`;
};

export function heatPlot(cells: readonly HeatCell[], count: number, T: number): PlotOptions {
  const labels = Array.from({ length: count }, (_, k) => bucketLabel(k, count, T));
  return {
    height: 48 + 24 * count,
    x: { label: 'training step', ticks: 5, tickFormat: '~s' },
    y: {
      label: 't',
      domain: [count, 0],
      ticks: labels.map((_, k) => k + 0.5),
      tickFormat: (v: number) => labels[Math.floor(v)],
      tickSize: 0,
    },
    // A square root: most of the story is told below 0.2.
    color: { type: 'sqrt', domain: [0, 1], clamp: true, scheme: 'viridis' },
    marginLeft: 56,
    marginBottom: 36,
    marks: [
      rect(cells, {
        x1: 'x1',
        x2: 'x2',
        y1: 'bucket',
        y2: (c: HeatCell) => c.bucket + 1,
        fill: 'loss',
        inset: 0,
      }),
    ],
  };
}

/** Loss now as bars, floors as ticks. */
export function floorPlot(
  losses: readonly number[],
  floors: readonly number[],
  T: number,
): PlotOptions {
  const count = floors.length;
  const rows = floors.map((floor, k) => ({
    name: bucketLabel(k, count, T),
    floor,
    loss: losses[k],
  }));
  const drawn = rows.filter(({ loss }) => Number.isFinite(loss));
  const known = rows.filter(({ floor }) => Number.isFinite(floor));
  const right = Math.max(
    0.1,
    ...known.map(({ floor }) => floor),
    ...drawn.map(({ loss }) => Math.min(loss, 1.2)),
  );
  return {
    height: 48 + 24 * count,
    x: { label: 'loss per pixel', domain: [0, 1.05 * right], ticks: 4, grid: true },
    y: { label: 't', domain: rows.map(({ name }) => name) },
    marginLeft: 56,
    marginBottom: 36,
    marks: [
      barX(drawn, { y: 'name', x: 'loss', fill: colours.p, fillOpacity: 0.55, inset: 2 }),
      tickX(known, { y: 'name', x: 'floor', stroke: colours.exact, strokeWidth: 3 }),
      ruleX([0], { stroke: colours.muted }),
    ],
  };
}
