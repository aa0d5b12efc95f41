export const en = {
  axes: {
    picture: 'picture (its four pixels, 1 = white)',
    share: 'share, %',
    value: 'value of the first pixel',
  },
};
export type ExactSamplerWords = typeof en;
