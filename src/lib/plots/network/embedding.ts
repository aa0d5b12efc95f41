import { lineY, type PlotOptions, raster, ruleX } from '@observablehq/plot';
import { timeFeatures } from '../../math/process/timeFeatures.ts';
import { colours } from '../common/colours.ts';
import { counted, countedOver } from '../common/wholeTicks.ts';

/** The embedding of every t as one picture: t to the right, one row a component; `cursor` marks one t. */
export function embeddingMap(
  T: number,
  dimension: number,
  cursor: number,
  axes: { component: string },
): PlotOptions {
  const columns = Math.min(T, 400);
  const times = Array.from({ length: columns }, (_, i) => 1 + (i * (T - 1)) / (columns - 1));
  const features = timeFeatures(times, T, dimension);
  const values = Array.from(
    { length: columns * dimension },
    (_, i) => features[(i % columns) * dimension + Math.floor(i / columns)],
  );
  return {
    x: { label: 't', domain: [1, T], ...counted(1, T), labelOffset: 34 },
    marginBottom: 38,
    y: { label: axes.component, domain: [dimension, 0], ...counted(0, dimension, 4) },
    color: { scheme: 'PuOr', domain: [-1, 1] },
    marks: [
      raster(values, {
        width: columns,
        height: dimension,
        x1: 1,
        x2: T,
        y1: 0,
        y2: dimension,
        imageRendering: 'pixelated',
      }),
      ruleX([cursor], { stroke: colours.accent, strokeWidth: 2 }),
    ],
  };
}

export function likenessPlot(
  points: { t: number; cosine: number }[],
  cursor: number,
  axes: { likeness: string },
): PlotOptions {
  return {
    x: { label: 't′', ...countedOver(points.map(({ t }) => t)), labelOffset: 34 },
    y: { label: axes.likeness, domain: [-0.2, 1], grid: true },
    marginBottom: 38,
    marks: [
      lineY(points, { x: 't', y: 'cosine', stroke: colours.noise }),
      ruleX([cursor], { stroke: colours.accent, strokeWidth: 2 }),
    ],
  };
}
