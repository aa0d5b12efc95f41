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
    term: 'autoregressive model',
    zh: '自回归模型',
    meaning:
      'A model that draws an image pixel by pixel, each from a distribution given those before it.',
    chapter: 'map',
  },
  {
    term: 'backend',
    zh: '计算后端',
    meaning:
      'What does the arithmetic of a network in the browser: the graphics card (WebGPU, WebGL) or the processor (WebAssembly, plain JavaScript).',
    chapter: 'training',
  },
  {
    term: 'batch',
    zh: '批',
    meaning: 'The few images whose gradients are averaged for one step of training.',
    chapter: 'training',
  },
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
    term: 'channel',
    zh: '通道',
    meaning:
      'One of several images of the same size that a network holds side by side; a grey picture has one, a layer may have dozens.',
    chapter: 'network',
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
    term: 'classifier-free guidance',
    zh: '无分类器引导',
    meaning:
      'Sampling with a prediction pushed from the unconditional one towards, and past, the conditional one.',
    chapter: 'sampling',
  },
  {
    term: 'convolution',
    zh: '卷积',
    meaning:
      'A layer that computes each pixel of its output as the same weighted sum of a small neighbourhood, 3×3 in this book, of its input.',
    chapter: 'network',
  },
  {
    term: 'correlation',
    zh: '相关系数',
    meaning:
      'How strongly two random numbers go together: 1 if one determines the other, rising with it, 0 if they are independent, −1 if one falls as the other rises.',
    chapter: 'from-noise',
  },
  {
    term: 'cosine schedule',
    zh: '余弦调度',
    symbol: String.raw`\bar\alpha_t`,
    meaning: 'A schedule whose signal falls like a squared cosine: slow at both ends.',
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
    term: 'DDIM',
    zh: 'DDIM 采样',
    meaning:
      'A family of samplers that share the training of DDPM and may skip steps; with η = 0 they add no noise at all.',
    chapter: 'sampling',
  },
  {
    term: 'DDPM',
    zh: 'DDPM',
    meaning:
      'Denoising diffusion probabilistic model (2020): the recipe of training and sampling on which this book is built; also its sampler.',
    chapter: 'sampling',
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
    term: 'EMA',
    zh: '指数移动平均',
    meaning:
      'Exponential moving average of the weights during training; samples are drawn with it.',
    chapter: 'training',
  },
  {
    term: 'embedding',
    zh: '嵌入',
    symbol: String.raw`\mathbf e(t)`,
    meaning:
      'A list of numbers that stands for something else, such as a time or a class, in a form that a network can use.',
    chapter: 'network',
  },
  {
    term: 'entropy',
    zh: '熵',
    symbol: 'H',
    meaning: 'The average of −log p: how much a draw tells, and the floor of every bound.',
    chapter: 'bound',
  },
  {
    term: 'expectation',
    zh: '期望',
    symbol: String.raw`\mathbb E`,
    meaning: 'The average over all that can happen, each outcome weighted by its probability.',
    chapter: 'training',
  },
  {
    term: 'flow matching',
    zh: '流匹配',
    meaning: 'Learning a velocity field that carries noise to data.',
    chapter: 'map',
  },
  {
    term: 'forward process',
    zh: '前向过程',
    symbol: 'q',
    meaning: 'The fixed chain from data to noise. Nothing in it is learned.',
    chapter: 'markov-chain',
  },
  {
    term: 'Fréchet distance, FID',
    zh: '弗雷歇距离',
    meaning:
      'How far apart two Gaussian fits are, one to features of real images and one to features of samples.',
    chapter: 'map',
  },
  {
    term: 'GAN',
    zh: '生成对抗网络',
    meaning: 'Two networks: one draws images, the other learns to tell them from real ones.',
    chapter: 'bound',
  },
  {
    term: 'gradient',
    zh: '梯度',
    meaning:
      'For every weight of a network, how fast the loss would rise if that weight were turned up. Training steps against it.',
    chapter: 'training',
  },
  {
    term: 'group normalisation',
    zh: '组归一化',
    meaning:
      'A layer that shifts and scales each group of channels to mean 0 and variance 1 within one image, then applies a learned scale and shift.',
    chapter: 'network',
  },
  {
    term: 'heat equation',
    zh: '热方程',
    meaning:
      'The law of things that spread, like heat or ink: each place moves towards the average of its neighbours.',
    chapter: 'from-noise',
  },
  {
    term: 'Inception Score',
    zh: 'Inception 分数',
    meaning:
      'Whether a classifier is sure of each sample and sees many classes over all; it never looks at real data.',
    chapter: 'map',
  },
  {
    term: 'independent',
    zh: '独立',
    meaning:
      'Two random things are independent if knowing one changes nothing in what you can say about the other.',
    chapter: 'from-noise',
  },
  {
    term: 'Jensen’s inequality',
    zh: '琴生不等式',
    meaning: 'The average of logarithms is at most the logarithm of the average.',
    chapter: 'bound',
  },
  {
    term: 'kernel distance, KID',
    zh: '核距离',
    meaning:
      'A distance of two sets of features without a Gaussian fit; its estimate from samples has no bias.',
    chapter: 'map',
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
    term: 'latent diffusion',
    zh: '潜在扩散',
    meaning: 'Diffusion of a compressed code of the image instead of its pixels.',
    chapter: 'map',
  },
  {
    term: 'learning rate',
    zh: '学习率',
    meaning: 'How far the weights move at each training step.',
    chapter: 'training',
  },
  {
    term: 'likelihood',
    zh: '似然',
    symbol: String.raw`p_\theta(\mathbf x_0)`,
    meaning: 'How probable a model thought what has happened.',
    chapter: 'bound',
  },
  {
    term: 'linear layer',
    zh: '线性层',
    meaning:
      'Every output is a weighted sum of all inputs plus a constant; the weights are learned.',
    chapter: 'network',
  },
  {
    term: 'log SNR',
    zh: '对数信噪比',
    meaning:
      'The natural logarithm of the signal-to-noise ratio: 0 where image and noise are equally strong.',
    chapter: 'any-step',
  },
  {
    term: 'loss',
    zh: '损失',
    meaning:
      'The number that training makes small: here the average squared error of the network’s guess.',
    chapter: 'training',
  },
  {
    term: 'loss floor',
    zh: '损失下限',
    meaning:
      'The loss of the best possible guess. It is above zero, because a noisy image does not tell all of its noise.',
    chapter: 'training',
  },
  {
    term: 'marginal',
    zh: '边缘分布',
    symbol: String.raw`q(\mathbf x_t)`,
    meaning: 'The density of a noisy image, whatever clean image it came from.',
    chapter: 'going-back',
  },
  {
    term: 'Markov chain',
    zh: '马尔可夫链',
    meaning:
      'A sequence in which the next state, given the present one, does not depend on the past.',
    chapter: 'markov-chain',
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
    term: 'nat',
    zh: '奈特',
    meaning: 'The unit of information when the logarithm is natural; one nat is 1.4427 bits.',
    chapter: 'going-back',
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
    term: 'p-value',
    zh: 'p 值',
    meaning: 'The chance of a result at least this far off, if there is nothing wrong.',
    chapter: 'four-pixels',
  },
  {
    term: 'parameters',
    zh: '参数',
    symbol: String.raw`\theta`,
    meaning: 'The numbers inside a network that training adjusts; also called weights.',
    chapter: 'network',
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
    meaning: 'How far the end of the forward chain is from the noise that sampling starts from.',
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
    term: 'residual block',
    zh: '残差块',
    meaning:
      'A few layers whose output is added to their input, so that they only have to learn the change.',
    chapter: 'network',
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
    term: 'score',
    zh: '得分',
    symbol: String.raw`\nabla\log q(\mathbf x_t)`,
    meaning:
      'The direction in which the density of noisy images grows fastest; up to a factor, minus the noise.',
    chapter: 'bound-to-loss',
  },
  {
    term: 'seed',
    zh: '随机种子',
    meaning: 'The number that a random generator starts from. The same seed gives the same noise.',
    chapter: 'sampling',
  },
  {
    term: 'signal-to-noise ratio',
    zh: '信噪比',
    symbol: String.raw`\bar\alpha_t/(1-\bar\alpha_t)`,
    meaning: 'Variance of the signal over variance of the noise at step t.',
    chapter: 'any-step',
  },
  {
    term: 'SiLU',
    zh: 'SiLU',
    symbol: 'x/(1+e^{-x})',
    meaning:
      'A gentle bend: nearly 0 for very negative numbers, nearly the number itself for large ones.',
    chapter: 'network',
  },
  {
    term: 'skip connection',
    zh: '跳跃连接',
    meaning:
      'A copy of an early layer’s output, laid beside the input of a late one, so that fine detail need not pass through the coarse middle.',
    chapter: 'network',
  },
  {
    term: 'softmax',
    zh: 'softmax',
    symbol: String.raw`e^{u_k}/\sum_j e^{u_j}`,
    meaning: 'Turns any numbers into weights that are positive and add up to 1.',
    chapter: 'four-pixels',
  },
  {
    term: 'standard deviation',
    zh: '标准差',
    symbol: String.raw`\sigma`,
    meaning: 'The square root of the variance: the usual distance from the mean.',
    chapter: 'from-noise',
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
    term: 'UNet',
    zh: 'UNet',
    meaning:
      'A convolutional network that shrinks an image, grows it back, and copies details across.',
    chapter: 'network',
  },
  {
    term: 'v-prediction',
    zh: 'v 预测',
    symbol: String.raw`\mathbf v=\sqrt{\bar\alpha_t}\,\boldsymbol\epsilon-\sqrt{1-\bar\alpha_t}\,\mathbf x_0`,
    meaning: 'A target half-way between noise and image, well behaved at every noise level.',
    chapter: 'bound-to-loss',
  },
  {
    term: 'variance',
    zh: '方差',
    symbol: String.raw`\sigma^2`,
    meaning: 'The average squared distance of a random number from its mean.',
    chapter: 'from-noise',
  },
  {
    term: 'variational inference',
    zh: '变分推断',
    meaning:
      'Fitting a model through a bound on its likelihood. Here q is fixed and the model p_θ is fitted.',
    chapter: 'bound',
  },
];
