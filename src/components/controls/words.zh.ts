/** What the shared controls say in Chinese. */
import type { ControlWords } from './words.ts';

export const zh: ControlWords = {
  reset: '重置',
  link: '链接',
  linkHint: '复制一个链接，打开后就是组件现在的样子',
  copied: '已复制',
  linkFault: (name, found, expected, shown) =>
    `链接要求 ${name} =“${found}”。这里应当是${expected}。现在显示的是 ${shown}。`,
  expected: {
    number: (min, max) => `从 ${min} 到 ${max} 的一个数`,
    integer: (min, max) => `从 ${min} 到 ${max} 的一个整数`,
    oneOf: (choices) => (choices.length === 1 ? ` ${choices[0]}` : ` ${choices.join('、')} 之一`),
    boolean: ' 0 或 1',
    numbers: (most, min, max) => `最多 ${most} 个从 ${min} 到 ${max} 的数，用逗号隔开`,
    drawing: '组件自己写出的一幅画：每个点两个字母，笔画之间用句点',
  },
  play: '播放',
  stop: '停止',
  oneBack: (axis) => `−1：${axis}退一步`,
  oneOn: (axis) => `+1：${axis}进一步`,
  legend: '图例',
  more: '更多',
  less: '收起',
  inFull: (value) => `完整数值：${value}`,
  notDrawn: (why) => `这张图没能画出来：${why.replace(/\.?$/, '')}。换一个设置，或者再试一次。`,
  summarised: (title, summary) => `${title}。${summary}`,
  tryAgain: '再试一次',
  reload: '重新载入页面',
};
