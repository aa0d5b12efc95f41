/** Marks of the heat map of losses, and of the last column against its floor. */
import { barX, type PlotOptions, rect, ruleX, text, tickX } from '@observablehq/plot';
import { colours } from '../common/colours.ts';
import { counted } from '../common/wholeTicks.ts';
import { bucketRange, type HeatCell } from './lossHeat.ts';

/** "t 1–10", counted from the top: small t first. */
export const bucketLabel = (k: number, count: number, T: number): string => {
  const [first, last] = bucketRange(k, count, T);
  return `${first}–${last}`;
};

/** What is written at the axes, over the floors, and where nothing is drawn yet. */
export interface HeatPlotWords {
  step: string;
  loss: string;
  floor: string;
  empty: string;
}

/** Losses over `steps` steps of training; the floors, where they are known, as a last column beyond a gap. */
export function heatPlot(
  cells: readonly HeatCell[],
  floors: readonly number[],
  T: number,
  steps: number,
  say: HeatPlotWords,
): PlotOptions {
  const count = floors.length;
  const column = { x1: 1.03 * steps, x2: 1.1 * steps };
  const floorCells = floors
    .map((loss, bucket) => ({ ...column, bucket, loss }))
    .filter(({ loss }) => Number.isFinite(loss));
  const labels = Array.from({ length: count }, (_, k) => bucketLabel(k, count, T));
  return {
    x: {
      label: say.step,
      domain: [0, column.x2],
      ...counted(0, steps, 3),
    },
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
    marginTop: 26,
    marks: [
      rect([...cells, ...floorCells], {
        x1: 'x1',
        x2: 'x2',
        y1: 'bucket',
        y2: (c: HeatCell) => c.bucket + 1,
        fill: 'loss',
        inset: 0,
      }),
      ruleX([0], { stroke: colours.muted }),
      text(floorCells.slice(0, 1), {
        x: (column.x1 + column.x2) / 2,
        y: 0,
        text: () => say.floor,
        dy: -9,
        fill: colours.exact,
        fontWeight: 600,
      }),
      text(cells.length === 0 ? [0] : [], {
        x: steps / 2,
        y: count / 2,
        text: () => say.empty,
        fill: colours.muted,
        fontSize: 13,
      }),
    ],
  };
}

/** Loss now as bars, floors as ticks. */
export function floorPlot(
  losses: readonly number[],
  floors: readonly number[],
  T: number,
  say: HeatPlotWords,
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
    x: { label: say.loss, domain: [0, 1.05 * right], ticks: 4, grid: true },
    y: { label: 't', labelAnchor: 'top', domain: rows.map(({ name }) => name) },
    marginLeft: 56,
    marginBottom: 36,
    marginTop: 26,
    marks: [
      barX(drawn, { y: 'name', x: 'loss', fill: colours.p, fillOpacity: 0.55, inset: 2 }),
      tickX(known, { y: 'name', x: 'floor', stroke: colours.exact, strokeWidth: 3 }),
      ruleX([0], { stroke: colours.muted }),
    ],
  };
}
