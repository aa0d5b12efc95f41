/**
 * Densities of many equal round bells on a grid, for pictures. In the plane each bell is a product of two, so a grid of R rows and C
 * columns costs n·(R + C) exponentials and n·R·C products, where bell by bell would cost n·R·C exponentials.
 */
import { normalPdf } from './gaussian.ts';

/** n bells on the line, n·m values: entry i·m + k is N(places[k]; centres[i], variance). */
function bellTable(
  centres: ArrayLike<number>,
  variance: number,
  places: ArrayLike<number>,
): Float64Array {
  const table = new Float64Array(centres.length * places.length);
  for (let i = 0; i < centres.length; i++)
    for (let k = 0; k < places.length; k++)
      table[i * places.length + k] = normalPdf(places[k], centres[i], variance);
  return table;
}

/** The average of equal bells on the line at some places: a density, so its integral is 1. */
export function bellLine(
  centres: ArrayLike<number>,
  variance: number,
  places: ArrayLike<number>,
): Float64Array {
  const out = new Float64Array(places.length);
  const table = bellTable(centres, variance, places);
  for (let i = 0; i < centres.length; i++)
    for (let k = 0; k < out.length; k++) out[k] += table[i * places.length + k] / centres.length;
  return out;
}

/**
 * The average of round bells in the plane, on the grid of `xs` across and `ys` down.
 * @param centres x and y in turn. @returns ys.length rows of xs.length densities.
 */
export function bellGrid(
  centres: ArrayLike<number>,
  variance: number,
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
): Float64Array {
  const n = centres.length >> 1;
  const part = (of: number) => Float64Array.from({ length: n }, (_, i) => centres[2 * i + of]);
  const across = bellTable(part(0), variance, xs);
  const down = bellTable(part(1), variance, ys);
  const [columns, rows] = [xs.length, ys.length];
  const out = new Float64Array(columns * rows);
  for (let i = 0; i < n; i++) {
    for (let r = 0; r < rows; r++) {
      const factor = down[i * rows + r] / n;
      // Most bells are far from most rows.
      if (factor < 1e-14) continue;
      for (let c = 0; c < columns; c++) out[r * columns + c] += factor * across[i * columns + c];
    }
  }
  return out;
}
