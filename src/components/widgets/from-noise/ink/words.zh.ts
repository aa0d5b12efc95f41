import { zh as picker } from '../../../controls/pickerWords.zh.ts';
import type { InkWords } from './words.ts';

export const zh: InkWords = {
  picker,
  title: '水里的墨，像素里的噪声',
  caption:
    '左：每个像素各走各的，同时被拉向 0（奥恩斯坦–乌伦贝克过程，分 200 步走完）。右：热方程的精确解：墨流向相邻的像素，其中没有任何随机。上面的小点是其中一些墨粒：每一粒都随机游走，只有合在一起才服从这个方程。实线跟踪起初是墨的像素，虚线跟踪起初是纸的像素。',
  time: '时间',
  timeOf: (t, T) => `${t} / ${T}`,
  model: '扩散模型',
  modelTitle: '扩散模型：扩散的是像素的值',
  noisy: (picture, t) => `${picture}，加了噪声，时刻 ${t}`,
  modelSummary: (t, mean, variance) => `时刻 ${t} 的像素值：均值 ${mean}，方差 ${variance}。`,
  ink: '水里的墨',
  inkTitle: '水里的墨：扩散的是位置',
  spread: (picture, pixels) => `${picture}，像墨一样散开了 ${pixels} 个像素`,
  inkSummary: (pixels, mean, variance) =>
    `墨散开了 ${pixels} 个像素：均值 ${mean}，方差 ${variance}。`,
  mean: '均值',
  variance: '各像素间的方差',
  correlation: '邻居的相关系数',
  shrink: '每一步乘以 √(1 − β)',
  unitNow: '数据中方差为 1 的像素，此刻的方差',
  unitEnd: '它最后的方差',
  axes: { time: '时间', value: '像素值' },
};
