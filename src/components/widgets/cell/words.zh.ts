import type { CellWords } from './words.ts';

export const zh: CellWords = {
  cell: (title) => `代码格：${title}`,
  code: (title) => `${title}：代码`,
  reset: '重置',
  resetHint: '回到书里的版本',
  copy: '复制',
  copyHint: '复制这段代码',
  copied: '已复制',
  link: '链接',
  linkHint: '复制一个带着这段代码的链接',
  own: '这是你自己的版本，存在这个浏览器里。',
  unkept: '这是你自己的版本。这个浏览器什么也不保存，页面一关就没有了。',
  shared: '这段代码是链接带来的，还没有运行过：先读一读，再按“运行”。',
  linkBroken: '链接里的代码被截断或改动过，所以这里显示书里的版本。请对方重新发一次链接。',
  linkTooLong: (found, most) =>
    `这段代码做成链接有 ${found} 个字符，超过 ${most} 个就可能在路上被截断。把它改短一些，或者直接复制代码。`,
  noClipboard: '这个浏览器不允许复制。请选中代码，或者从地址栏里取链接。',
  run: '运行',
  stop: '停止',
  fixed:
    '编辑器没能取到，所以这段代码在这里不能修改。“运行”仍然可用；想要修改，请检查网络，再重新载入页面。',
  silent: '运行完毕，没有输出。',
  table: '表格',
  chart: (marks, rows) => `代码格画的图：${marks.join('、')}，共 ${rows} 个值。`,
  ended: {
    tooLong: (seconds) =>
      `运行 ${seconds} 秒后被停止：这段代码没有结束。代码还在；改好循环，再运行一次。`,
    stopped: '已停止。',
    notStarted: (why) => `代码格没能启动：${why || '它的程序没有载入'}。请重新载入页面。`,
  },
};
