/** Meanings in Chinese of the words that a Chinese chapter explains, by their English name; the Chinese names stand in `zh`. */
export const meanings: Record<string, string> = {
  independent: '两个随机的东西，如果知道了其中一个，对另一个能说的话一点也不变，就是独立的。',
  'normal distribution': '钟形曲线，也叫高斯分布，由均值和方差确定。标准正态：均值 0，方差 1。',
  sample: '从一个分布中随机抽出的一个，也指抽取这件事。记号 ~ 读作“抽自”。',
  variance: '一个随机数到自己均值的距离的平方的平均。',
};
