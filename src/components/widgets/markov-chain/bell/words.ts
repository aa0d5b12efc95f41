export const en = {
  title: 'A bell in your hands',
  caption:
    'Drag the top to move the bell, and the dot at its side to widen it. The filled part lies within one standard deviation of the mean.',
  mean: 'mean μ',
  deviation: 'standard deviation σ',
  height: 'height of the top',
  plotTitle: 'Density of x',
  summary: (top: string, height: string, percent: string, from: string, to: string) =>
    `A bell with its top at ${top}, ${height} high; ${percent} % of its area lies between ${from} and ${to}.`,
  variance: 'variance σ²',
  product: 'height × width σ',
  within: 'area within σ of μ',
  withinTwo: 'area within 2σ',
  area: 'area under the whole curve',
  axes: { density: 'density' },
};
export type BellWords = typeof en;
