/** Words of chapters 7 to 10: the reverse step, the bound, the loss. */
import type { Term } from './term.ts';

export const reverseTerms: Term[] = [
  {
    term: 'Bayes’ rule',
    zh: '贝叶斯公式',
    meaning:
      'Turns the probability of an effect given its cause into that of the cause given the effect.',
    chapter: 'going-back',
  },
  {
    term: 'bit',
    zh: '比特',
    meaning:
      'The unit of information when the logarithm has base 2: what one toss of a fair coin tells.',
    chapter: 'going-back',
  },
  {
    term: 'bits per dimension',
    zh: '每维比特数',
    meaning:
      'A negative log-likelihood in bits, divided by the number of pixel values: what a perfect compressor would spend on each.',
    chapter: 'bound',
  },
  {
    term: 'chi-square',
    zh: '卡方',
    symbol: String.raw`\chi^2`,
    meaning:
      'The sum of (counted − expected)²/expected: how badly counts fit the probabilities that they should follow.',
    chapter: 'four-pixels',
  },
  {
    term: 'decoder',
    zh: '解码器',
    symbol: String.raw`p_\theta(\mathbf x_0\mid\mathbf x_1)`,
    meaning:
      'The last reverse step, which must give probabilities to pixel values instead of a density.',
    chapter: 'bound',
  },
  {
    term: 'denoiser',
    zh: '去噪器',
    symbol: String.raw`\mathbb E[\mathbf x_0\mid\mathbf x_t]`,
    meaning:
      'A function that maps a noisy image to its best guess, in mean square, of the clean one.',
    chapter: 'going-back',
  },
  {
    term: 'diffusion term',
    zh: '扩散项',
    symbol: 'L_{t-1}',
    meaning:
      'How far the model’s step is from the posterior’s, on average: one term of the bound for each t ≥ 2.',
    chapter: 'bound',
  },
  {
    term: 'ELBO',
    zh: '证据下界',
    meaning:
      'Evidence lower bound: a number never larger than the log-likelihood, and one that we can compute.',
    chapter: 'bound',
  },
  {
    term: 'entropy',
    zh: '熵',
    symbol: 'H',
    meaning: 'The average of −log p: how much a draw tells, and the floor of every bound.',
    chapter: 'bound',
  },
  {
    term: 'GAN',
    zh: '生成对抗网络',
    meaning: 'Two networks: one draws images, the other learns to tell them from real ones.',
    chapter: 'bound',
  },
  {
    term: 'Jensen’s inequality',
    zh: '琴生不等式',
    meaning: 'The average of logarithms is at most the logarithm of the average.',
    chapter: 'bound',
  },
  {
    term: 'kernel, exact',
    zh: '精确核',
    symbol: String.raw`q(\mathbf x_{t-1}\mid\mathbf x_t)`,
    meaning:
      'One step of a chain as a distribution. The exact reverse kernel is the true reverse step.',
    chapter: 'bound',
  },
  {
    term: 'KL divergence',
    zh: 'KL 散度',
    symbol: String.raw`D_{\mathrm{KL}}`,
    meaning:
      'How much more surprised one is, on average, for believing q when p is true: the mean of log p/q under p. Never negative, not symmetric.',
    chapter: 'going-back',
  },
  {
    term: 'likelihood',
    zh: '似然',
    symbol: String.raw`p_\theta(\mathbf x_0)`,
    meaning: 'How probable a model thought what has happened.',
    chapter: 'bound',
  },
  {
    term: 'marginal',
    zh: '边缘分布',
    symbol: String.raw`q(\mathbf x_t)`,
    meaning: 'The density of a noisy image, whatever clean image it came from.',
    chapter: 'going-back',
  },
  {
    term: 'min-SNR weighting',
    zh: 'min-SNR 加权',
    meaning:
      'A loss whose weight on the clean image’s error is the signal-to-noise ratio, but at most 5.',
    chapter: 'bound-to-loss',
  },
  {
    term: 'mixture',
    zh: '混合分布',
    meaning: 'A weighted sum of densities: first draw which one, then draw from it.',
    chapter: 'going-back',
  },
  {
    term: 'mmse',
    zh: '最小均方误差',
    symbol: String.raw`\mathrm{mmse}_t`,
    meaning: 'Minimum mean squared error: what the best denoiser still gets wrong.',
    chapter: 'bound-to-loss',
  },
  {
    term: 'Monte Carlo estimate',
    zh: '蒙特卡洛估计',
    meaning:
      'An average over random draws in the place of an integral; it comes with a standard error.',
    chapter: 'bound',
  },
  {
    term: 'mutual information',
    zh: '互信息',
    symbol: String.raw`I(\mathbf x_0;\mathbf x_t)`,
    meaning:
      'By how much knowing one of two things lowers, on average, the surprise at the other: 0 if they are independent.',
    chapter: 'bound',
  },
  {
    term: 'nat',
    zh: '奈特',
    meaning: 'The unit of information when the logarithm is natural; one nat is 1.4427 bits.',
    chapter: 'going-back',
  },
  {
    term: 'p-value',
    zh: 'p 值',
    meaning: 'The chance of a result at least this far off, if there is nothing wrong.',
    chapter: 'four-pixels',
  },
  {
    term: 'perception–distortion trade-off',
    zh: '感知与失真的权衡',
    meaning: 'The closest answer in mean square is blurred; a sharp one is further off.',
    chapter: 'going-back',
  },
  {
    term: 'posterior',
    zh: '后验',
    symbol: String.raw`q(\mathbf x_{t-1}\mid\mathbf x_t,\mathbf x_0)`,
    meaning: 'The exact Gaussian of one step back when the clean image is known.',
    chapter: 'going-back',
  },
  {
    term: 'prior term',
    zh: '先验项',
    symbol: 'L_T',
    meaning:
      'How far the noisy end of one image’s chain is from pure noise. On average it is what the end still tells about the image, their mutual information, plus the price of the wrong start.',
    chapter: 'bound',
  },
  {
    term: 'quadrature',
    zh: '数值积分',
    meaning: 'An integral computed by a weighted sum over well-chosen points.',
    chapter: 'bound',
  },
  {
    term: 'reconstruction term',
    zh: '重建项',
    symbol: 'L_0',
    meaning: 'How surprised the model is by the clean image, one step before the end.',
    chapter: 'bound',
  },
  {
    term: 'reverse process',
    zh: '反向过程',
    symbol: String.raw`p_\theta`,
    meaning:
      'The learned chain from noise to data. It draws a new image; it does not recover an old one.',
    chapter: 'going-back',
  },
  {
    term: 'score',
    zh: '得分',
    symbol: String.raw`\nabla\log q(\mathbf x_t)`,
    meaning:
      'The direction in which the density of noisy images grows fastest: minus the expected noise, E[ε | x_t], over √(1−ᾱ_t).',
    chapter: 'bound-to-loss',
  },
  {
    term: 'softmax',
    zh: 'softmax',
    symbol: String.raw`e^{u_k}/\sum_j e^{u_j}`,
    meaning: 'Turns any numbers into weights that are positive and add up to 1.',
    chapter: 'four-pixels',
  },
  {
    term: 'standard error',
    zh: '标准误差',
    meaning:
      'The standard deviation of an average: that of one draw, over the root of their number.',
    chapter: 'bound',
  },
  {
    term: 'surprise',
    zh: '惊奇度',
    symbol: String.raw`-\log p`,
    meaning: 'Minus the logarithm of the probability of what happened.',
    chapter: 'going-back',
  },
  {
    term: 'v-prediction',
    zh: 'v 预测',
    symbol: String.raw`\mathbf v=\sqrt{\bar\alpha_t}\,\boldsymbol\epsilon-\sqrt{1-\bar\alpha_t}\,\mathbf x_0`,
    meaning:
      'A target that turns from the noise, where there is little, to minus the image, where there is much; an error in it never grows on the way to image or noise.',
    chapter: 'bound-to-loss',
  },
  {
    term: 'variational inference',
    zh: '变分推断',
    meaning:
      'Finding a q near a posterior that cannot be computed, by making a bound as tight as possible; here q is fixed instead, and the same bound is used to fit the model p_θ.',
    chapter: 'bound',
  },
];
