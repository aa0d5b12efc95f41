export const en = {
  axes: {
    checkerboard: 'along the checkerboard',
    white: 'along all-white',
    loss: 'loss per pixel',
  },
};
export type LearnedVsExactWords = typeof en;
