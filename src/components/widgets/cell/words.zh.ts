import type { CellWords } from './words.ts';

export const zh: CellWords = {
  cell: (title) => `代码格：${title}`,
  code: (title) => `${title}：代码`,
  reset: '重置',
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
