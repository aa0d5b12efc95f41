export const en = {
  title: 'What guidance samples',
  caption:
    'Both answers are exact: of all data, and of the class on the right alone. On a line the curves of the probability-flow ODE cannot cross, so the law of their ends is computed; no sample is drawn.',
  data: 'Data',
  datas: { bells: 'two bells', points: 'four points' },
  strength: 'guidance g',
  plots: { bells: 'Density of x₀', points: 'Share of each point' },
  axes: {
    value: 'x₀',
    density: 'density',
    share: 'share',
    own: 'p(x₀ | c)',
    tilted: 'p(x₀) p(c | x₀)ᵍ',
    ends: 'guided ends',
  },
  tiltedMean: 'mean of p(x₀) p(c|x₀)ᵍ',
  endsMean: 'mean of the guided ends',
  tiltedWidth: 'its standard deviation',
  endsWidth: 'their standard deviation',
  shareOf: (point: string) => `ends at ${point}`,
  computing: 'Following the curves…',
  lacks: 'The law of the ends is missing.',
  waiting: 'The law of the guided ends is being computed.',
  bellsSummary: (g: string, tilted: string, ends: string, width: string) =>
    `At guidance ${g} the law p(x₀) p(c|x₀) to the power g has mean ${tilted}; guided curves end around ${ends}, with standard deviation ${width}.`,
  pointsSummary: (g: string, shares: readonly string[]) =>
    `At guidance ${g} guided curves end at ${shares.join(', ')}.`,
  shareAt: (point: string, share: string) => `${point} with share ${share}`,
};
export type GuidanceWords = typeof en;
