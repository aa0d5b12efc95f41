export const en = {
  title: 'The example, worked out',
  caption:
    'Black is −2 and white is +2, to leave room for noise. Nothing is sampled but the noisy pixels: all sums run over all images, all integrals are done to nine digits.',
  data: 'Data',
  probability: 'Probability of a',
  steps: 'Steps T',
  freshNoise: 'Fresh noise',
  nextImage: 'Next image',
  stepTable: 'Numbers of each step',
  sigma: 'noise σ',
  leastLoss: 'least ε loss',
  boundTable: 'Terms of the bound in nats',
  boundWith: 'Bound, in nats, with',
  total: 'total',
  bits: 'bits / pixel',
  floor: 'entropy of the data: the floor',
  faultTable: 'The same totals by whose fault',
  fault: 'The same totals, sorted by whose fault',
  wrongStart: 'wrong start',
  /** Before x with its index. */
  stepTo: 'step to ',
  nobody: 'nobody’s: H(x₀)',
  models: {
    exact: 'the exact kernel',
    bestGaussian: 'its best Gaussian',
    betaTilde: 'σ² = β̃',
    beta: 'σ² = β',
    paper: 'σ² = β, DDPM’s bins, σ₁² = β₁ (its paper)',
    code: 'σ² = β, DDPM’s bins, σ₁² = β̃₂ (its code)',
  },
};
export type FourPixelsWords = typeof en;
