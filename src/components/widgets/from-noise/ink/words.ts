import { en as picker } from '../../../controls/pickerWords.ts';

export const en = {
  picker,
  title: 'Ink in water, and noise in pixels',
  caption:
    'Left: every pixel wanders on its own and is pulled towards 0 (an Ornstein–Uhlenbeck process, taken in 200 steps). Right: the heat equation, solved exactly: ink moves to neighbouring pixels, and nothing is random in it. The dots over it are some of the grains; each wanders at random, and only all together do they obey the equation. Solid lines follow pixels that begin as ink, dashed ones as paper.',
  time: 'Time',
  timeOf: (t: number, T: number) => `${t} of ${T}`,
  model: 'A diffusion model',
  modelTitle: 'A diffusion model: pixel values diffuse',
  noisy: (picture: string, t: number) => `${picture} with noise, at time ${t}`,
  modelSummary: (t: number, mean: string, variance: string) =>
    `Pixel values at time ${t}: mean ${mean}, variance ${variance}.`,
  ink: 'Ink in water',
  inkTitle: 'Ink in water: places diffuse',
  spread: (picture: string, pixels: string) => `${picture} as ink spread over ${pixels} pixels`,
  inkSummary: (pixels: string, mean: string, variance: string) =>
    `Ink spread by ${pixels} pixels: mean ${mean}, variance ${variance}.`,
  mean: 'Mean',
  variance: 'Variance over pixels',
  correlation: 'Correlation of neighbours',
  shrink: 'Shrink by √(1 − β) at each step',
  unitNow: 'Variance now of a pixel with variance 1 in the data',
  unitEnd: 'The same at the end',
  axes: { time: 'time', value: 'pixel value' },
};
export type InkWords = typeof en;
