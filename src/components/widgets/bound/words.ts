/** What both ledgers of the chapter say. */
import type { FirstVariance } from '../../../lib/math/process/firstVariance.ts';
import type { WidthWords } from '../../../lib/plots/bound/learnedWidth.ts';
import type { PieceNames, Unit } from '../../../lib/plots/bound/ledger.ts';

export const en = {
  units: {
    nats: 'nats per image',
    bits: 'bits per image',
    bitsPerDim: 'bits per dimension',
  } satisfies Record<Unit, string>,
  entropy: 'entropy',
  pieces: {
    information: (prior, end) => `${prior}, what ${end} tells of x₀`,
    mismatch: (prior) => `${prior}, the wrong start`,
    allSteps: 'all steps',
    wholePrior: 'prior, both parts',
  } satisfies PieceNames,
  firstVariance: 'σ₁² of the bins',
  /** Whose σ₁² it is. */
  firstVariances: {
    beta1: 'β₁, as the paper',
    betaTilde2: 'β̃₂, as the code',
  } satisfies Record<FirstVariance, string>,
  width: {
    title: 'The learned width: v at each t',
    none: 'Nothing is learned yet.',
    one: (v, t) => `v is ${v} at t = ${t}`,
    two: (v, t, last, end) => `v is ${v} at t = ${t} and ${last} at t = ${end}`,
    past: (ends, t) => `${ends}; past ½ from t = ${t}.`,
    plain: (ends) => `${ends}.`,
  } satisfies WidthWords & { title: string },
};
export type BoundWords = typeof en;
