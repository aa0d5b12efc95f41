import type { BoundVarianceName } from '../../../../lib/worker/exact/protocol.ts';
import { en as bound } from '../words.ts';

export const en = {
  bound,
  title: 'The ledger',
  caption:
    'Each bar is −ELBO with the exact denoiser in place of the network. From left: the reconstruction, the steps from small t to large, and the two parts of the prior. Hover or tap a piece to read it.',
  widths: {
    exact: 'exact kernel',
    bestGaussian: 'best bell',
    bestIsotropic: 'best σ²(t)',
    learned: 'learned σ²(t)',
    betaTilde: 'σ² = β̃',
    beta: 'σ² = β',
  } satisfies Record<BoundVarianceName, string>,
  example: 'β = 0.1, 0.2 (T = 2)',
  data: 'Data',
  weight: 'weight of the first image',
  alike: 'all alike',
  schedule: 'Schedule',
  steps: 'steps T',
  width: 'Width of the bells',
  decoder: 'Decoder',
  decoders: { exact: 'exact', discretized: 'DDPM’s bins' },
  unit: 'Unit',
  shortUnits: { nats: 'nats', bits: 'bits', bitsPerDim: 'bits/dim' },
  lacks: 'Some bounds are missing here.',
  entropy: 'entropy',
  prior: 'prior',
  left: 'of it: left of the image',
  wrongStart: 'of it: the wrong start',
  stepsTogether: 'steps together',
  reconstruction: 'reconstruction',
  error: 'standard error',
  descent: 'steps of descent',
  legend: {
    reconstruction: 'reconstruction L₀',
    steps: 'steps L₁, L₂, …',
    information: 'prior: what the end tells of the image',
    mismatch: 'prior: the wrong start',
    entropy: 'entropy: the floor',
  },
  boundIn: (unit: string) => `The bound in ${unit}`,
  boundSummary: (
    images: string,
    width: string,
    sums: Record<
      'total' | 'entropy' | 'prior' | 'information' | 'mismatch' | 'steps' | 'reconstruction',
      string
    >,
    unit: string,
    totals: readonly string[],
  ) =>
    `${images}. With ${width}: total ${sums.total}, entropy ${sums.entropy}, prior ${sums.prior} (${sums.information} that the noisy end tells of the image, ${sums.mismatch} for the wrong start), steps ${sums.steps}, reconstruction ${sums.reconstruction} ${unit}. ${totals.join('; ')}.`,
  named: (name: string, value: string) => `${name}: ${value}`,
  still: (images: string, why: string) => `${images}. ${why}`,
  pending: 'The bounds are being computed.',
  missing: 'The bounds are missing.',
  terms: 'Each step’s term',
  termsSummary: (width: string, sum: string, unit: string) =>
    `L at each t for ${width}, beside the exact kernel’s; together ${sum} ${unit}.`,
  learnedAbout: (steps: number) =>
    `Every v began at ½ and went down the gradient of its own term, ${steps} steps in all.`,
  computing: 'Computing …',
  byChance:
    'What is not exact is by Monte Carlo: these images do not fall apart into lines. Whiskers are two standard errors.',
  byQuadrature: 'By quadrature, accurate to the digits shown.',
};
export type LedgerWords = typeof en;
