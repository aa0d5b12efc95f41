/** Words of chapters 1 to 3: noise, chains, schedules. */
import type { Term } from './term.ts';

export const forwardTerms: Term[] = [
  {
    term: 'correlation',
    zh: '相关系数',
    meaning:
      'How closely two random numbers follow a straight line: 1 on a rising line, −1 on a falling one, 0 where no line helps, as with independent numbers, but not only with them.',
    chapter: 'from-noise',
  },
  {
    term: 'cosine schedule',
    zh: '余弦调度',
    symbol: String.raw`\bar\alpha_t`,
    meaning: 'A schedule whose ᾱ_t falls like a squared cosine: slow at both ends.',
    chapter: 'any-step',
  },
  {
    term: 'covariance',
    zh: '协方差',
    meaning:
      'The average product of the deviations of two random numbers from their means; of a number with itself, its variance. Correlation is covariance on the scale from −1 to 1.',
    chapter: 'markov-chain',
  },
  {
    term: 'data distribution',
    zh: '数据分布',
    symbol: String.raw`q(\mathbf x_0)`,
    meaning:
      'The probability law that the images of the data are drawn from. Nobody knows it; we have examples.',
    chapter: 'from-noise',
  },
  {
    term: 'density',
    zh: '概率密度',
    meaning:
      'A curve whose area over an interval is the probability of falling there; for images, the same in as many dimensions as there are pixels.',
    chapter: 'markov-chain',
  },
  {
    term: 'diffusion',
    zh: '扩散',
    meaning:
      'Here: a random walk of pixel values towards standard normal noise. Neighbouring pixels do not mix.',
    chapter: 'from-noise',
  },
  {
    term: 'forward process',
    zh: '前向过程',
    symbol: 'q',
    meaning: 'The fixed chain from data to noise. Nothing in it is learned.',
    chapter: 'markov-chain',
  },
  {
    term: 'heat equation',
    zh: '热方程',
    meaning:
      'The law of things that spread, like heat or ink: each place moves towards the average of its neighbours.',
    chapter: 'from-noise',
  },
  {
    term: 'independent',
    zh: '独立',
    meaning:
      'Two random things are independent if knowing one changes nothing in what you can say about the other.',
    chapter: 'from-noise',
  },
  {
    term: 'log SNR',
    zh: '对数信噪比',
    meaning:
      'The natural logarithm of the signal-to-noise ratio: 0 where image and noise are equally strong, if pixels have variance 1.',
    chapter: 'any-step',
  },
  {
    term: 'Markov chain',
    zh: '马尔可夫链',
    meaning:
      'A sequence in which the next state, given the present one, does not depend on the past.',
    chapter: 'markov-chain',
  },
  {
    term: 'normal distribution',
    zh: '正态分布（高斯分布）',
    symbol: String.raw`\mathcal N(\mu,\sigma^2)`,
    meaning:
      'The bell curve, also called Gaussian; fixed by its mean and its variance. Standard: mean 0, variance 1.',
    chapter: 'from-noise',
  },
  {
    term: 'Ornstein–Uhlenbeck process',
    zh: '奥恩斯坦–乌伦贝克过程',
    meaning:
      'A random walk with a pull towards 0; in the long run its values follow a normal distribution.',
    chapter: 'from-noise',
  },
  {
    term: 'sample',
    zh: '样本',
    symbol: String.raw`\mathbf x\sim q`,
    meaning:
      'A random draw from a distribution, and the act of drawing it. The sign ~ reads “is drawn from”.',
    chapter: 'from-noise',
  },
  {
    term: 'schedule',
    zh: '噪声调度',
    symbol: String.raw`\beta_1,\dots,\beta_T`,
    meaning:
      'How much noise each step of the forward chain adds: the list of its variances, chosen before training.',
    chapter: 'any-step',
  },
  {
    term: 'signal-to-noise ratio',
    zh: '信噪比',
    symbol: String.raw`\bar\alpha_t/(1-\bar\alpha_t)`,
    meaning:
      'Variance of the signal over variance of the noise at step t, for pixels of variance 1; where theirs is another, that many times as much.',
    chapter: 'any-step',
  },
  {
    term: 'standard deviation',
    zh: '标准差',
    symbol: String.raw`\sigma`,
    meaning: 'The square root of the variance: the usual distance from the mean.',
    chapter: 'from-noise',
  },
  {
    term: 'variance',
    zh: '方差',
    symbol: String.raw`\sigma^2`,
    meaning: 'The average squared distance of a random number from its mean.',
    chapter: 'from-noise',
  },
];
