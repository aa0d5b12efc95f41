export const en = {
  title: 'A perfect reverse chain, started from the wrong place',
  caption:
    'The two images {a, −a} with unequal odds. No network and no sampling error: all exact reverse steps together are q(x₀|x at T), whatever lies between, so each probability is one integral over the noise that the chain starts from.',
  example: 'T = 2, β = 0.1, 0.2',
  named: (T: number, schedule: string) => `T = ${T}, ${schedule}`,
  weight: 'True probability of a',
  schedule: 'Schedule',
  table: 'Probability of a by schedule',
  chain: 'Chain',
  snr: 'SNR at T',
  /** After a formula, at the head of a column. */
  inNats: ', nats',
  probability: 'the sampler gives a with probability',
  bar: 'as a bar',
  barOf: (probability: string, chain: string) => `${probability} for ${chain}`,
};
export type WhyTwoFailsWords = typeof en;
