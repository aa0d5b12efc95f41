import { en as picker } from '../../../controls/pickerWords.ts';

export const en = {
  picker,
  title: 'Many steps or one jump',
  caption:
    'The first two images are the same numbers up to rounding. The third is a different image with the same distribution: its histogram follows the same outline.',
  schedule: 'Schedule',
  steps: 'Steps T',
  newNoise: 'New noise',
  step: 'Step t',
  stepOf: (t: number, T: number) => `${t} of ${T}`,
  walked: (t: number) => `${t} single steps`,
  walkedNote: 'ε₁ … εₜ, one after another',
  jumped: 'One jump, the same noise',
  jumpedNote: 'the same ε₁ … εₜ, merged into one',
  other: 'One jump, fresh noise',
  otherNote: 'another draw from the same law',
  imageAt: (column: string, picture: string, t: number) => `${column}: ${picture} at t = ${t}`,
  gap: 'Largest difference between the first two',
  gapHint: 'float64 carries about 16 digits',
  multiplications: 'Multiplications, steps / jump',
  walkedTitle: 'Pixels after single steps',
  walkedSummary: (t: number, variance: string) =>
    `At t = ${t}, bars measured after ${t} steps; outline expected from the closed form with noise variance ${variance}.`,
  otherTitle: 'Pixels after one jump, fresh noise',
  otherSummary: (t: number) =>
    `At t = ${t}, bars measured after one jump; the outline is the same as beside it.`,
  axes: { value: 'pixel value', density: 'density' },
};
export type AnyStepWords = typeof en;
