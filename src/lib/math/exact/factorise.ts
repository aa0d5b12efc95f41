/**
 * The structure of a finite data set. Two facts make exact numbers possible for images:
 * the noise is independent per pixel, so blocks of independent pixels stay independent for ever;
 * and the noise across the affine span of a block says nothing about x_0, so only the span counts.
 */

import { dot } from '../numerics/linalg.ts';
import type { FiniteData } from './finiteData.ts';

/** A block of pixels that is independent of all others, in coordinates of its own affine span. */
export interface Factor {
  /** Which pixels, of the D. */
  readonly pixels: readonly number[];
  /** m distinct values of the block, each an array over `pixels`. */
  readonly values: readonly Float64Array[];
  /** Their m probabilities. */
  readonly weights: Float64Array;
  /** The dimension r of their affine span; 0 for a constant block. */
  readonly rank: number;
  /** m points of r coordinates: isometric to `values`, with mean 0. */
  readonly points: readonly Float64Array[];
  /** r orthonormal directions over `pixels`: points[i][k] = directions[k]·(values[i] − centre). */
  readonly directions: readonly Float64Array[];
  readonly centre: Float64Array;
}

/** Splits the pixels into blocks that are exactly independent under the data set's law. */
export function factorise(data: FiniteData): Factor[] {
  const blocks = independentBlocks(data);
  const factors = blocks.map((pixels) => makeFactor(pixels, marginal(data, pixels)));
  if (blocks.length === 1 || isProduct(data, factors)) return factors;
  // Pairwise independent but not jointly so (an exclusive or, say): keep the pixels together.
  const all = Array.from({ length: data.dimension }, (_, i) => i);
  return [makeFactor(all, marginal(data, all))];
}

/** Pairwise tests cost D²·n: beyond this size a data set is treated as one block. */
const MAX_PIXELS_TO_SPLIT = 64;
const SAME_PROBABILITY = 1e-12;

type Marginal = { values: Float64Array[]; weights: Float64Array; index: Map<string, number> };

const blockKey = (row: ArrayLike<number>, pixels: readonly number[]): string =>
  pixels.map((p) => row[p] + 0).join();

function marginal(data: FiniteData, pixels: readonly number[]): Marginal {
  const index = new Map<string, number>();
  const values: Float64Array[] = [];
  const weights: number[] = [];
  data.rows.forEach((row, r) => {
    const key = blockKey(row, pixels);
    const at = index.get(key);
    if (at !== undefined) {
      weights[at] += data.weights[r];
      return;
    }
    index.set(key, values.length);
    values.push(Float64Array.from(pixels, (p) => row[p]));
    weights.push(data.weights[r]);
  });
  return { values, weights: Float64Array.from(weights), index };
}

function independentBlocks(data: FiniteData): number[][] {
  const d = data.dimension;
  const parent = Array.from({ length: d }, (_, i) => i);
  const root = (i: number): number => (parent[i] === i ? i : root(parent[i]));
  const singles = Array.from({ length: d }, (_, p) => marginal(data, [p]));
  const tooMany = d > MAX_PIXELS_TO_SPLIT;
  for (let p = 0; p < d; p++) {
    for (let q = tooMany ? p + 1 : 0; q < (tooMany ? p + 2 : p) && q < d; q++) {
      if (root(p) === root(q)) continue;
      if (tooMany || !independentPair(data, singles[p], singles[q], p, q))
        parent[root(p)] = root(q);
    }
  }
  const blocks = new Map<number, number[]>();
  for (let p = 0; p < d; p++) blocks.set(root(p), [...(blocks.get(root(p)) ?? []), p]);
  return [...blocks.values()];
}

function independentPair(
  data: FiniteData,
  a: Marginal,
  b: Marginal,
  p: number,
  q: number,
): boolean {
  const joint = new Float64Array(a.weights.length * b.weights.length);
  data.rows.forEach((row, r) => {
    const i = a.index.get(blockKey(row, [p]))!;
    const j = b.index.get(blockKey(row, [q]))!;
    joint[i * b.weights.length + j] += data.weights[r];
  });
  return joint.every((probability, k) => {
    const i = Math.floor(k / b.weights.length);
    const expected = a.weights[i] * b.weights[k % b.weights.length];
    return Math.abs(probability - expected) < SAME_PROBABILITY;
  });
}

function isProduct(data: FiniteData, factors: readonly Factor[]): boolean {
  if (factors.reduce((n, f) => n * f.values.length, 1) !== data.rows.length) return false;
  const tables = factors.map(
    (f) => new Map(f.values.map((v, i) => [Array.from(v, (x) => x + 0).join(), f.weights[i]])),
  );
  return data.rows.every((row, r) => {
    const product = factors.reduce((w, f, k) => w * tables[k].get(blockKey(row, f.pixels))!, 1);
    return Math.abs(product - data.weights[r]) < SAME_PROBABILITY;
  });
}

/** Gram–Schmidt with pivoting: the basis vectors are the largest remaining residuals. */
function makeFactor(pixels: readonly number[], { values, weights }: Marginal): Factor {
  const centre = Float64Array.from(pixels, (_, k) =>
    values.reduce((sum, v, i) => sum + weights[i] * v[k], 0),
  );
  const centred = values.map((v) => v.map((x, k) => x - centre[k]));
  const residuals = centred.map((v) => v.slice());
  const norm = (v: Float64Array) => Math.sqrt(dot(v, v));
  const largest = Math.max(...centred.map(norm));
  const directions: Float64Array[] = [];
  while (directions.length < Math.min(pixels.length, values.length - 1)) {
    const pivot = residuals.reduce((best, v) => (norm(v) > norm(best) ? v : best));
    if (norm(pivot) <= 1e-10 * largest) break;
    const unit = pivot.map((x) => x / norm(pivot));
    directions.push(unit);
    for (const v of residuals) {
      const along = dot(v, unit);
      for (let k = 0; k < v.length; k++) v[k] -= along * unit[k];
    }
  }
  const points = centred.map((v) => Float64Array.from(directions, (e) => dot(v, e)));
  return { pixels, values, weights, rank: directions.length, points, directions, centre };
}
