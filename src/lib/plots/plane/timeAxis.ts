/** Time as an axis: t across, one coordinate up, the density of that coordinate at each t behind the paths of a few particles. */

import { shades } from './field.ts';
import type { Dots } from './particles.ts';
import { coordinate, down, placeAt } from './view.ts';

/** Particles whose paths are drawn: few enough to follow one. */
const FOLLOWED = 24;

/** A canvas that is wide. */
export interface Wide {
  context: CanvasRenderingContext2D;
  width: number;
  height: number;
  dot: number;
}

/** Which particles are followed, spread over the cloud. */
export const followedOf = (count: number): number[] =>
  Array.from({ length: Math.min(count, FOLLOWED) }, (_, k) => Math.floor((k * count) / FOLLOWED));

/**
 * Shades of the density over all times, for an image of T + 1 columns: each time in shades of its own largest density.
 * @param marginal T + 1 columns of `rows` densities, the lowest place first.
 */
export function timeShades(marginal: Float64Array, rows: number, colour: readonly number[]) {
  const columns = marginal.length / rows;
  const out = new Uint8ClampedArray(4 * marginal.length);
  for (let c = 0; c < columns; c++) {
    const column = shades(marginal.subarray(c * rows, (c + 1) * rows), colour, 0.6);
    for (let r = 0; r < rows; r++) {
      const to = 4 * ((rows - 1 - r) * columns + c);
      out.set(column.subarray(4 * r, 4 * r + 4), to);
    }
  }
  return out;
}

/** The whole paths of the followed particles: their second coordinate over time. */
export function drawPaths(
  { context, width, height, dot }: Wide,
  { paths, parts, colours }: Omit<Dots, 't'>,
  T: number,
) {
  const { times } = paths;
  context.lineWidth = dot * 0.5;
  context.lineJoin = 'round';
  colours.forEach((colour, part) => {
    context.strokeStyle = colour;
    context.beginPath();
    for (const i of followedOf(parts.length)) {
      if (parts[i] !== part) continue;
      times.forEach((time, frame) => {
        const x = (time / T) * width;
        const y = down(coordinate(paths, { frame, share: 0 }, 2 * i + 1), height);
        if (frame === 0) context.moveTo(x, y);
        else context.lineTo(x, y);
      });
    }
    context.stroke();
  });
}

/** The followed particles where they are now, on the line of this time. */
export function drawNow(
  { context, width, height, dot }: Wide,
  { paths, parts, colours, t }: Dots,
  T: number,
  line: string,
) {
  const x = (t / T) * width;
  context.fillStyle = line;
  context.fillRect(x - dot / 4, 0, dot / 2, height);
  const place = placeAt(paths.times, t);
  for (const i of followedOf(parts.length)) {
    const y = down(coordinate(paths, place, 2 * i + 1), height);
    context.fillStyle = colours[parts[i]];
    context.beginPath();
    context.arc(x, y, dot, 0, 2 * Math.PI);
    context.fill();
  }
}
