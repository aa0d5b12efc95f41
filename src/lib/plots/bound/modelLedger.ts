/** The bound of a trained network from a few measured terms: which t to measure, and what they add up to. Pure. */
import { gaussianTerm } from '../../math/bound/elbo.ts';
import { interpolatedVariance, learnVariance } from '../../math/bound/learnedVariance.ts';
import type { PriorParts } from '../../math/bound/priorParts.ts';
import { createRng } from '../../math/numerics/rng.ts';
import type { FirstVariance } from '../../math/process/firstVariance.ts';
import type { Schedule } from '../../math/process/schedule.ts';
import { type Piece, type PieceNames, priorPieces, type Segment, stack } from './ledger.ts';

/** Terms of the bound in bits per dimension: t = 0 is L_T, t = 1 is L_0, t ≥ 2 is L_{t−1}. */
export interface TermEstimate {
  t: number;
  mean: number;
  standardError: number;
  /** For t ≥ 2, where `mean` is that of σ² = β̃: E‖x_0 − x̂_0‖², also of either half of the draws. */
  squaredError?: { mean: number; standardError: number; halves: readonly [number, number] };
  /** For a network that learned a width: the term with its own σ². */
  learned?: { mean: number; standardError: number };
  /** For t = 1, where `mean` is that of σ_1² = β_1: L_0 with each named σ_1². */
  decoders?: Readonly<Record<FirstVariance, { mean: number; standardError: number }>>;
}

export const MODEL_WIDTHS = ['betaTilde', 'beta', 'learned'] as const;
export type ModelWidth = (typeof MODEL_WIDTHS)[number];

/** What was measured, and of what images. */
export interface Subject {
  schedule: Schedule;
  /** Pixels of an image. */
  dimension: number;
}

/** A run of neighbouring t, of which some were chosen to stand for all. */
export interface Stratum {
  first: number;
  last: number;
  times: number[];
}

const EVERY = 100;
const STRATA = 24;

/**
 * All of 2…T in a chain of up to 100 steps. In longer ones, strata whose widths grow with t (the terms change fastest
 * near the clean end), with two t drawn at random in each: unbiased, and the two tell how uncertain the sum is.
 */
export function strata(T: number, seed: number): Stratum[] {
  if (T <= EVERY)
    return Array.from({ length: T - 1 }, (_, i) => ({ first: i + 2, last: i + 2, times: [i + 2] }));
  const rng = createRng(seed).fork('strata');
  const found: Stratum[] = [];
  let first = 2;
  for (let k = 1; first <= T; k++) {
    const edge = Math.round(2 * (T / 2) ** (k / STRATA));
    const last = Math.min(T, Math.max(edge, first));
    const width = last - first + 1;
    const one = first + rng.int(width);
    // The second of two different t, each equally likely.
    const two = first + ((one - first + 1 + rng.int(Math.max(1, width - 1))) % width);
    found.push({ first, last, times: width === 1 ? [first] : [one, two] });
    first = last + 1;
  }
  return found;
}

/**
 * The account as one stacked bar, bits per dimension. The prior in its two parts where the law of the images is known;
 * as one piece where it is not.
 * @param T length of the chain. @param parts of L_T, bits per dimension.
 */
export function accountSegments(
  row: string,
  account: Account,
  T: number,
  names: PieceNames,
  parts?: Pick<PriorParts, 'information' | 'mismatch'>,
): Segment[] {
  const { reconstruction, diffusion, prior } = account;
  const pieces: Piece[] = [
    ['reconstruction', reconstruction, 'L₀'],
    ['diffusion', diffusion, names.allSteps],
    ...(parts
      ? priorPieces(T, parts.information, parts.mismatch, names)
      : [['prior', prior, names.wholePrior] as Piece]),
  ];
  return stack(row, pieces);
}

/** What to ask the worker for: t = 1 (the decoder) and all chosen t. */
export const timesOf = (all: readonly Stratum[]): number[] => [1, ...all.flatMap((s) => s.times)];

export interface Account {
  prior: number;
  diffusion: number;
  reconstruction: number;
  total: number;
  /** One standard error of the total. */
  standardError: number;
}

/** The whole bound from the measured terms, or null while some are missing. */
export function accountFrom(
  all: readonly Stratum[],
  terms: readonly TermEstimate[],
): Account | null {
  const at = new Map(terms.map((term) => [term.t, term]));
  const prior = at.get(0);
  const decoder = at.get(1);
  if (!prior || !decoder) return null;
  let diffusion = 0;
  let variance = prior.standardError ** 2 + decoder.standardError ** 2;
  for (const { first, last, times } of all) {
    const width = last - first + 1;
    const measured = times.map((t) => at.get(t));
    if (measured.some((term) => !term)) return null;
    const found = measured as TermEstimate[];
    const mean = found.reduce((sum, { mean: m }) => sum + m, 0) / found.length;
    diffusion += width * mean;
    // All t measured: only the draws are uncertain. Two of many: their spread holds both kinds of doubt, but for
    // the share of the stratum that was seen.
    const spread =
      found.length === width
        ? found.reduce((sum, { standardError: e }) => sum + e ** 2, 0)
        : width ** 2 *
          (((found[0].mean - found[1].mean) ** 2 / 4) * (1 - 2 / width) +
            found.reduce((sum, { standardError: e }) => sum + e ** 2, 0) / 4);
    variance += spread;
  }
  return {
    prior: prior.mean,
    diffusion,
    reconstruction: decoder.mean,
    total: prior.mean + diffusion + decoder.mean,
    standardError: Math.sqrt(variance),
  };
}

/**
 * The same measurements with another width of the steps, and another named σ_1² of the decoder. A learned v_t is learned from one
 * half of the draws and judged by the other, then the halves change places: judged by the draws it was fitted to, it
 * would look better than it is. `v` holds the mean of the two, NaN where nothing was measured.
 */
export function withWidth(
  measured: readonly TermEstimate[],
  width: ModelWidth,
  { schedule, dimension }: Subject,
  first: FirstVariance = 'beta1',
): { terms: TermEstimate[]; v?: Float64Array } {
  const terms = measured.map((term) =>
    term.decoders ? { ...term, ...term.decoders[first] } : term,
  );
  if (width === 'betaTilde') return { terms: [...terms] };
  const nat = 1 / (dimension * Math.LN2);
  const value = (t: number, error: number, sigma2: number) =>
    nat * gaussianTerm(schedule, t, error, dimension, sigma2);
  const slope = (t: number, sigma2: number) => value(t, 1, sigma2) - value(t, 0, sigma2);
  if (width === 'beta')
    return {
      terms: terms.map((term) => {
        const { t, squaredError: error } = term;
        const sigma2 = schedule.beta[t];
        if (!error) return term;
        const standardError = slope(t, sigma2) * error.standardError;
        return { ...term, mean: value(t, error.mean, sigma2), standardError };
      }),
    };
  const learned = [0, 1].map((half) => {
    const errors = new Float64Array(schedule.T + 1).fill(Number.NaN);
    for (const { t, squaredError } of terms)
      if (squaredError) errors[t] = squaredError.halves[half];
    return learnVariance(schedule, errors, dimension).v;
  });
  const judged = (term: TermEstimate): TermEstimate => {
    const { t, squaredError: error } = term;
    if (!error) return term;
    const [first, second] = learned.map((v) => interpolatedVariance(schedule, t, v[t]));
    const mean = (value(t, error.halves[1], first) + value(t, error.halves[0], second)) / 2;
    // Half the draws have twice the variance; the two means are independent.
    const slopes = Math.hypot(slope(t, first), slope(t, second)) / Math.SQRT2;
    return { ...term, mean, standardError: slopes * error.standardError };
  };
  return { terms: terms.map(judged), v: learned[0].map((v, t) => (v + learned[1][t]) / 2) };
}

/**
 * The same measurements of a network of two answers: with β̃ or β, its last bell as wide as the published code has it, or with
 * the width that it answered, at t = 1 too.
 */
export function withNamedWidth(
  measured: readonly TermEstimate[],
  width: 'betaTilde' | 'beta' | 'learned',
  subject: Subject,
): TermEstimate[] {
  if (width === 'learned') return measured.map((term) => ({ ...term, ...term.learned }));
  return withWidth(measured, width, subject, 'betaTilde2').terms;
}
