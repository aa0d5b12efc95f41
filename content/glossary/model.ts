/** Words of chapters 4 to 6: the network, its training, sampling. */
import type { Term } from './term.ts';

export const modelTerms: Term[] = [
  {
    term: 'ancestral sampling',
    zh: '祖先采样',
    meaning:
      'Sampling a chain by drawing each state from its distribution given the one before: for us from x_T down to x_0.',
    chapter: 'sampling',
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
    term: 'channel',
    zh: '通道',
    meaning:
      'One of several images of the same size that a network holds side by side; a grey picture has one, a layer may have dozens.',
    chapter: 'network',
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
    term: 'DDIM',
    zh: 'DDIM 采样',
    meaning:
      'Denoising diffusion implicit model: a sampler that shares the training of DDPM, may skip steps and adds no fresh noise; it is the member η = 0 of a family that often goes by its name.',
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
    term: 'expectation',
    zh: '期望',
    symbol: String.raw`\mathbb E`,
    meaning: 'The average over all that can happen, each outcome weighted by its probability.',
    chapter: 'training',
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
    term: 'learning rate',
    zh: '学习率',
    meaning: 'How far the weights move at each training step.',
    chapter: 'training',
  },
  {
    term: 'linear layer',
    zh: '线性层',
    meaning:
      'Every output is a weighted sum of all inputs plus a constant; the weights are learned.',
    chapter: 'network',
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
    term: 'parameters',
    zh: '参数',
    symbol: String.raw`\theta`,
    meaning: 'The numbers inside a network that training adjusts; also called weights.',
    chapter: 'network',
  },
  {
    term: 'residual block',
    zh: '残差块',
    meaning:
      'A few layers whose output is added to their input, so that they only have to learn the change.',
    chapter: 'network',
  },
  {
    term: 'seed',
    zh: '随机种子',
    meaning: 'The number that a random generator starts from. The same seed gives the same noise.',
    chapter: 'sampling',
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
    term: 'UNet',
    zh: 'UNet',
    meaning:
      'A convolutional network that shrinks an image, grows it back, and copies details across.',
    chapter: 'network',
  },
];
