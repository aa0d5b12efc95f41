import { en as bound } from '../../bound/words.ts';
import type { Width, WidthSet } from './trainedWidth.ts';

export const en = {
  bound,
  title: 'A width, learned',
  caption: (T: number, steps: number, draws: number, count: number) =>
    `A small UNet with two answers a pixel, v and the width; cosine, T = ${T}, ${steps} steps of the hybrid loss. Terms from ${draws} draws of each t, whiskers two standard errors; σ₁² of the two fixed widths is β̃₂. ${count} draws by each width, the exact denoiser from the same noise.`,
  train: 'Train',
  pause: 'Pause',
  trainOn: 'Train on',
  again: 'Train again',
  data: 'Data',
  sets: { all16: 'all sixteen', bars: 'bars and stripes' } satisfies Record<WidthSet, string>,
  starting: 'Starting the training worker …',
  training: 'training',
  stepOf: (step: number, of: number) => `Step ${step} of ${of}`,
  phases: {
    terms: 'Measuring the terms …',
    slice: 'Asking it about its width …',
    draws: 'Drawing in few steps …',
  },
  widths: {
    betaTilde: 'σ² = β̃',
    beta: 'σ² = β',
    learned: 'learned',
  } satisfies Record<Width, string>,
  /** The exact denoiser, with one best width for each t, and with the best bell for each xₜ. */
  exact: { single: 'exact, best σ²(t)', bell: 'exact, best bell' },
  entropy: 'entropy',
  bits: 'bits per dimension',
  total: (width: string) => `bound, ${width}`,
  network: 'the network',
  best: 'the exact denoiser: best',
  later: 'the network, once it is trained',
  fractions: 'The width at each t: f, from β̃ (0) to β (1)',
  fractionsSummary: (best: readonly string[], own: readonly string[]) =>
    `The best f is ${best[0]} at t = 3, ${best[1]} at t = 6 and ${best[2]} at t = 10.${own.length > 0 ? ` The network answers ${own[0]}, ${own[1]} and ${own[2]} on average.` : ''}`,
  slice: (t: number) => `The width at t = ${t} along xₜ = (x, x, x, x)`,
  sliceSummary: (best: readonly [string, string], own: readonly string[]) =>
    `The best f is ${best[0]} at x = 0 and ${best[1]} at x = 1.${own.length > 0 ? ` The network answers ${own[0]} and ${own[1]}.` : ''}`,
  ledger: 'The whole bound',
  ledgerSummary: (totals: readonly (readonly [string, string])[], entropy: string) =>
    `Bits per dimension: ${totals.map(([name, value]) => `${name} ${value}`).join('; ')}. Entropy ${entropy}.`,
  ledgerLater: 'The bound of the network is measured once it is trained.',
  lacks: 'The exact denoiser’s numbers are missing here.',
  few: 'Few steps',
  fewAbout:
    'Left: draws whose pattern is no image of the set. Right: how far a pixel is from black or white, root mean square. In brackets the exact denoiser.',
  steps: 'steps',
  outside: 'wrong pattern',
  grey: 'grey',
  drawn: (steps: number, width: string) => `Draws in ${steps} steps, ${width}`,
  axes: { fraction: 'f', pixel: 'x' },
};
export type TrainedWidthWords = typeof en;
