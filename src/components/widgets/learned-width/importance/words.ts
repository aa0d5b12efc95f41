import type { ImportanceWidth, LawName } from '../../../../lib/plots/learned-width/importance.ts';

export const en = {
  title: 'Which t is worth a look?',
  caption: (batch: number, count: number) =>
    `Independent pixels of −1 or 1, linear, T = 100, the exact denoiser. Each dot is one batch: ${batch} draws of t and of noise, each loss divided by its pₜ, averaged. ${count} batches by each law; a triangle stands for one further to the right. The dashed line is the true sum of all terms.`,
  width: 'Width of the bells',
  widths: {
    betaTilde: 'β̃',
    beta: 'β',
    best: 'best σ²(t)',
  } satisfies Record<ImportanceWidth, string>,
  pixels: 'Pixels of an image',
  kept: 'losses kept of each t',
  fresh: 'Fresh draws',
  laws: {
    uniform: 'all t alike',
    importance: 'p ∝ √E[L²]',
    history: 'p from the last losses',
  } satisfies Record<LawName, string>,
  gain: (law: string) => `${law}: one draw is worth`,
  draws: (count: string) => `${count} of all alike`,
  deviation: 'scatter of a batch, all t alike',
  bits: (value: string) => `±${value} bits/dim`,
  lawsTitle: 'Three laws of t',
  lawsSummary: (t: number, most: string, even: string) =>
    `All alike, each t has probability ${even}. By √E[L²] the likeliest is t = ${t}, with ${most}.`,
  estimatesTitle: 'What batches say of the bound',
  estimatesSummary: (truth: string, spreads: readonly [string, string][]) =>
    `The sum of all terms is ${truth} bits per dimension. Standard deviation of a batch: ${spreads.map(([law, value]) => `${law} ${value}`).join('; ')}.`,
  axes: { probability: 'pₜ', estimate: 'bits per dimension' },
};
export type TimeImportanceWords = typeof en;
