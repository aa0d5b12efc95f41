export const en = {
  plot: { value: 'pixel value', mean: 'mean', share: 'share' },
};
export type PosteriorLineWords = typeof en;
