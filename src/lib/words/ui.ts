/** Words of the frame around the prose, by language. Both languages must have the same keys: tsc checks it. */
const en = {
  site: 'From Noise',
  tagline: 'Diffusion models, trained in front of you',
  contents: 'Contents',
  lab: 'Lab',
  gallery: 'Gallery',
  bench: 'Bench',
  search: 'Search',
  chapter: 'Chapter',
  minutes: 'min',
  next: 'Next',
  previous: 'Previous',
  skip: 'Skip to the text',
  toDark: 'Switch to dark theme',
  toLight: 'Switch to light theme',
  references: 'References',
  tryThis: 'Try this',
  saw: 'What you should have seen',
  mistake: 'Common mistake',
  source: 'Source',
  parts: {
    forward: 'Towards noise',
    model: 'A network that learns',
    reverse: 'Back, exactly',
    reference: 'To look things up',
  },
};
export type Words = typeof en;
export type Language = 'en' | 'zh';

const zh: Words = {
  site: '从噪声开始',
  tagline: '在你眼前训练的扩散模型',
  contents: '目录',
  lab: '实验室',
  gallery: '图库',
  bench: '测速',
  search: '搜索',
  chapter: '第',
  minutes: '分钟',
  next: '下一章',
  previous: '上一章',
  skip: '跳到正文',
  toDark: '切换到深色主题',
  toLight: '切换到浅色主题',
  references: '参考文献',
  tryThis: '动手试试',
  saw: '你应当看到',
  mistake: '常见错误',
  source: '源码',
  parts: {
    forward: '走向噪声',
    model: '会学习的网络',
    reverse: '精确地返回',
    reference: '随时查阅',
  },
};

export const words: Record<Language, Words> = { en, zh };
