export const en = {
  title: 'Two ways back, one law',
  caption:
    'Eight hundred particles from pure noise, by the exact score, in 200 steps: above with fresh noise at each (DDPM), below without (DDIM). Right: where they are at time t, under the exact density.',
  time: 'Time t',
  timeOf: (t: number, T: number) => `${t} of ${T}`,
  ways: { sde: 'with fresh noise', ode: 'without' },
  waysTitle: { sde: 'Ways, with fresh noise', ode: 'Ways, without' },
  cloudTitle: (t: number) => `Where they are at t = ${t}`,
  distance: { sde: 'apart, with noise', ode: 'apart, without' },
  lacks: 'The particles are missing.',
  chance: 'chance alone, at most',
  waysSummary: (way: string) =>
    `Fourteen of the particles ${way}, from noise at the left to one of two bells at the right.`,
  cloudSummary: (way: string, t: number, distance: string) =>
    `Histogram of the particles ${way} at t = ${t}: their shares differ from those of the exact law by at most ${distance}.`,
  axes: { value: 'x', density: 'density', time: 't' },
};
export type SameMarginalsWords = typeof en;
