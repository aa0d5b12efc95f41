/** Words of the book, in one sentence each, with the chapter that explains them. Shared order in both languages. */
export interface Term {
  term: string;
  zh: string;
  symbol?: string;
  meaning: string;
  chapter: string;
}

export const glossary: Term[] = [
  {
    term: 'ancestral sampling',
    zh: '祖先采样',
    meaning:
      'Sampling a chain by drawing each state from its distribution given the one before: for us from x_T down to x_0.',
    chapter: 'sampling',
  },
  {
    term: 'batch',
    zh: '批',
    meaning: 'The few images whose gradients are averaged for one step of training.',
    chapter: 'training',
  },
  {
    term: 'bits per dimension',
    zh: '每维比特数',
    meaning:
      'A negative log-likelihood in bits, divided by the number of pixel values: what a perfect compressor would spend on each.',
    chapter: 'bound',
  },
  {
    term: 'classifier-free guidance',
    zh: '无分类器引导',
    meaning:
      'Sampling with a prediction pushed from the unconditional one towards, and past, the conditional one.',
    chapter: 'sampling',
  },
  {
    term: 'cosine schedule',
    zh: '余弦调度',
    symbol: String.raw`\bar\alpha_t`,
    meaning: 'A schedule whose signal falls like a squared cosine: slow at both ends.',
    chapter: 'any-step',
  },
  {
    term: 'DDIM',
    zh: 'DDIM 采样',
    meaning:
      'A family of samplers that share the training of DDPM and may skip steps; with η = 0 they add no noise at all.',
    chapter: 'sampling',
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
    term: 'diffusion',
    zh: '扩散',
    meaning:
      'Here: a random walk of pixel values towards standard normal noise. Neighbouring pixels do not mix.',
    chapter: 'from-noise',
  },
  {
    term: 'ELBO',
    zh: '证据下界',
    meaning:
      'Evidence lower bound: a number never larger than the log-likelihood, and one that we can compute.',
    chapter: 'bound',
  },
  {
    term: 'EMA',
    zh: '指数移动平均',
    meaning:
      'Exponential moving average of the weights during training; samples are drawn with it.',
    chapter: 'training',
  },
  {
    term: 'entropy',
    zh: '熵',
    symbol: 'H',
    meaning: 'The average of −log p: how much a draw tells, and the floor of every bound.',
    chapter: 'bound',
  },
  {
    term: 'forward process',
    zh: '前向过程',
    symbol: 'q',
    meaning: 'The fixed chain from data to noise. Nothing in it is learned.',
    chapter: 'markov-chain',
  },
  {
    term: 'KL divergence',
    zh: 'KL 散度',
    symbol: String.raw`D_{\mathrm{KL}}`,
    meaning: 'The average of log q/p under q: zero when both agree, never negative, not symmetric.',
    chapter: 'bound',
  },
  {
    term: 'Markov chain',
    zh: '马尔可夫链',
    meaning:
      'A sequence in which the next state, given the present one, does not depend on the past.',
    chapter: 'markov-chain',
  },
  {
    term: 'nat',
    zh: '奈特',
    meaning: 'The unit of information when the logarithm is natural; one nat is 1.4427 bits.',
    chapter: 'bound',
  },
  {
    term: 'posterior',
    zh: '后验',
    symbol: String.raw`q(\mathbf x_{t-1}\mid\mathbf x_t,\mathbf x_0)`,
    meaning: 'The exact Gaussian of one step back when the clean image is known.',
    chapter: 'going-back',
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
    term: 'schedule',
    zh: '噪声调度',
    symbol: String.raw`\beta_1,\dots,\beta_T`,
    meaning: 'How much noise each step adds.',
    chapter: 'any-step',
  },
  {
    term: 'score',
    zh: '得分',
    symbol: String.raw`\nabla\log q(\mathbf x_t)`,
    meaning:
      'The direction in which the density of noisy images grows fastest; up to a factor, minus the noise.',
    chapter: 'bound-to-loss',
  },
  {
    term: 'signal-to-noise ratio',
    zh: '信噪比',
    symbol: String.raw`\bar\alpha_t/(1-\bar\alpha_t)`,
    meaning: 'Variance of the signal over variance of the noise at step t.',
    chapter: 'any-step',
  },
  {
    term: 'UNet',
    zh: 'UNet',
    meaning:
      'A convolutional network that shrinks an image, grows it back, and copies details across.',
    chapter: 'network',
  },
  {
    term: 'variational inference',
    zh: '变分推断',
    meaning:
      'Fitting a model through a bound on its likelihood. Here q is fixed and the model p_θ is fitted.',
    chapter: 'bound',
  },
  {
    term: 'v-prediction',
    zh: 'v 预测',
    symbol: String.raw`\mathbf v=\sqrt{\bar\alpha_t}\,\boldsymbol\epsilon-\sqrt{1-\bar\alpha_t}\,\mathbf x_0`,
    meaning: 'A target half-way between noise and image, well behaved at every noise level.',
    chapter: 'bound-to-loss',
  },
];
