/**
 * Cells in Chinese: their code is the tested file of `content/cells`, and these are its words. The first is the title; each
 * phrase is replaced wherever it stands, longer ones first.
 */
export const cells: Record<string, Record<string, string>> = {
  'two-diffusions': {
    'Values that walk, with and without the pull': '游走的值：有拉力，没有拉力',
    'Change this line: 0 lets the values run away, 1 is the right pull.':
      '改这一行：0 让值跑掉，1 是恰当的拉力。',
    'variance at the end:': '最后的方差：',
    variance: '方差',
  },
};
