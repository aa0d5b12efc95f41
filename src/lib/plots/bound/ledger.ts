/** The account of the bound: segments for stacked bars, and the terms over t. */
import type { Bound } from '../../math/bound/elbo.ts';
import type { Point } from '../../math/numerics/curves.ts';

export const UNITS = ['nats', 'bits', 'bitsPerDim'] as const;
export type Unit = (typeof UNITS)[number];

/** Multiplies nats. */
export const perNat = (unit: Unit, dimension: number): number =>
  unit === 'nats' ? 1 : unit === 'bits' ? 1 / Math.LN2 : 1 / (dimension * Math.LN2);

/** `prior` is `information` and `mismatch` together, where nobody can tell them apart. */
export type Part = 'information' | 'mismatch' | 'prior' | 'diffusion' | 'reconstruction';

export interface Segment {
  row: string;
  part: Part;
  /** Alternates between neighbours, so that single terms can be told apart. */
  shade: number;
  from: number;
  to: number;
  /** What it is, for a tip: "L₃" or "L₄₀ … L₄₉". */
  name: string;
}

const MOST_SEGMENTS = 12;
const subscript = (n: number) => [...String(n)].map((d) => '₀₁₂₃₄₅₆₇₈₉'[Number(d)]).join('');

export type Piece = [part: Part, length: number, name: string, shade?: number];

/** Pieces laid end to end from 0. */
export function stack(row: string, pieces: readonly Piece[]): Segment[] {
  let end = 0;
  return pieces.map(([part, length, name, shade = 0]) => {
    const from = end;
    end += length;
    return { row, part, shade, from, to: end, name };
  });
}

/** Names of the pieces that are no single L, for a tip; `prior` is L_T's own name and `end` that of x_T. */
export interface PieceNames {
  information: (prior: string, end: string) => string;
  mismatch: (prior: string) => string;
  allSteps: string;
  wholePrior: string;
}

/** L_T in its two parts. */
export const priorPieces = (
  T: number,
  information: number,
  mismatch: number,
  names: PieceNames,
): Piece[] => [
  ['information', information, names.information(`L${subscript(T)}`, `x${subscript(T)}`)],
  ['mismatch', mismatch, names.mismatch(`L${subscript(T)}`)],
];

/** L_0, then L_1 … L_{T−1} (in up to a dozen groups), then both parts of L_T, end to end. */
export function segments(row: string, bound: Bound, factor: number, names: PieceNames): Segment[] {
  const T = bound.diffusion.length - 1;
  const pieces: Piece[] = [];
  const add = (part: Part, nats: number, name: string, shade = 0) => {
    pieces.push([part, nats * factor, name, shade]);
  };
  add('reconstruction', bound.reconstruction, 'L₀');
  const size = Math.max(1, Math.ceil((T - 1) / MOST_SEGMENTS));
  for (let t = 2, k = 0; t <= T; t += size, k++) {
    const last = Math.min(T, t + size - 1);
    let sum = 0;
    for (let s = t; s <= last; s++) sum += bound.diffusion[s];
    const name =
      last === t ? `L${subscript(t - 1)}` : `L${subscript(t - 1)} … L${subscript(last - 1)}`;
    add('diffusion', sum, name, k % 2);
  }
  const { information, mismatch } = bound.priorParts;
  pieces.push(...priorPieces(T, information * factor, mismatch * factor, names));
  return stack(row, pieces);
}

/** L_{t−1} over t = 2 … T; long chains are thinned by averaging neighbours, so that no spike is lost. */
export function termsOverTime(bound: Bound, factor: number, most = 200): Point[] {
  const T = bound.diffusion.length - 1;
  const size = Math.max(1, Math.ceil((T - 1) / most));
  const points: Point[] = [];
  for (let t = 2; t <= T; t += size) {
    const last = Math.min(T, t + size - 1);
    let sum = 0;
    for (let s = t; s <= last; s++) sum += bound.diffusion[s];
    points.push({ x: (t + last) / 2, y: (factor * sum) / (last - t + 1) });
  }
  return points;
}

/** The sum of L_{t−1}, nats. */
export const diffusionSum = (bound: Bound): number => bound.diffusion.reduce((a, b) => a + b, 0);

/** Height of the account of so many bars, pixels: its space is kept before it is drawn. */
export const ledgerHeight = (rows: number): number => 56 + 29 * rows;
