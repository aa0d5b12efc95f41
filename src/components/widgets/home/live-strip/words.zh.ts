import { printCount } from '../../../../lib/words/printCount.ts';
import type { LiveStripWords } from './words.ts';

export const zh: LiveStripWords = {
  start: '开始',
  pause: '暂停',
  noise: '十个方格，全是噪声，就要变成数字 0 到 9',
  underWay: (level) => `十个方格，正从噪声走向数字 0 到 9：噪声级别 ${level} / 1000`,
  steps: '已走步数',
  stepsOf: (step, steps, t) => `${step} / ${steps}，t = ${t}`,
  fetching: '正在取网络，0.7 MB…',
  ready: (parameters, backend) => `${printCount(parameters, 'zh')} 个参数，在 ${backend} 上`,
};
