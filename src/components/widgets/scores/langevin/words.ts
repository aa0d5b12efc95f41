export const en = {
  title: 'Uphill, and a little at random',
  caption:
    'Six hundred particles, all from the middle of the left bell, which holds three tenths of the data. Each step goes a little along the exact score and adds a little noise. Line: the density that they should have.',
  noise: 'Noise level t',
  steps: 'Steps',
  anneal: 'begin with much noise',
  fresh: 'Other noise',
  right: 'in the right bell',
  should: 'should be',
  lacks: 'The particles are missing.',
  plot: (t: number) => `Where they are, and the density at t = ${t}`,
  summary: (right: string, should: string, t: number, steps: number) =>
    `After ${steps} steps at noise level ${t}, ${right} of the particles are in the right bell, where the density has ${should}.`,
  axes: { value: 'x', density: 'density', time: 't' },
};
export type LangevinWords = typeof en;
