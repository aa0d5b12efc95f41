import { printCount } from '../../../../lib/words/printCount.ts';
import type { LiveStripWords } from './words.ts';

export const zh: LiveStripWords = {
  start: '开始',
  pause: '暂停',
  replay: '再放一遍',
  picture: (step, steps) =>
    step === 0
      ? '十个方格，全是噪声，就要变成数字 0 到 9'
      : step === steps
        ? '十个手写数字，0 到 9，每个都从一格噪声里画出来'
        : `十个方格，正从噪声走向数字 0 到 9：已走 ${step} / ${steps} 步`,
  steps: '已走步数',
  stepsOf: (step, steps) => `${step} / ${steps}`,
  recorded: '这是录下来的。按“开始”，就在你的机器上画出新的。',
  fetching: '正在取网络，0.7 MB…',
  ready: (parameters, backend) =>
    `由 ${printCount(parameters, 'zh')} 个数在你的机器上画出（${backend}）。`,
};
