/** Titles and meanings of the formulas in Chinese, for those that a Chinese chapter shows. The formulas themselves are the same. */
export interface FormulaWords {
  title: string;
  /** One for each symbol of the formula, by its name. */
  symbols?: Record<string, string>;
}

export const formulas: Record<string, FormulaWords> = {
  ornsteinUhlenbeck: {
    title: '奥恩斯坦–乌伦贝克过程：一个像素的经历',
    symbols: {
      x: '一个像素的值；每个像素都有自己的方程',
      beta: '时刻 t，噪声进来、旧值淡去的快慢',
      dw: '小小的一脚：正态，均值 0，方差 dt，与其他各脚独立',
    },
  },
  heatEquation: {
    title: '热方程：墨的经历',
    symbols: {
      u: '一个地方有多少墨',
      laplace: '对四个邻居，把它们的值减去这里的值，加起来：墨从多的地方流向少的地方',
    },
  },
};
