import type { Language } from './languages.ts';
import type { Part } from './parts.ts';

/** What public/missing.js says where something could not be fetched. */
export interface MissingWords {
  /** What is missing, each before `notFetched`; `program` before `stopped` too. */
  program: string;
  part: string;
  search: string;
  notFetched: string;
  /** Before and after the browser's own message. */
  stopped: [before: string, after: string];
  advice: string;
  reload: string;
}

/** What the page's own script says (components/page); it finds them on the body. {names} stand for values. */
export interface PageWords {
  wayBack: string;
  goThere: string;
  close: string;
  searchBook: string;
  slash: string;
  /** Of a chapter's questions, those that were answered in this browser. */
  answered: string;
  goOn: string;
  goOnNext: string;
  forget: string;
}

/** Words of the frame around the prose, by language. Both languages must have the same keys: tsc checks it. */
const en = {
  site: 'From Noise',
  tagline: 'Diffusion models, trained in front of you',
  contents: 'Contents',
  lab: 'Lab',
  gallery: 'Gallery',
  bench: 'Bench',
  search: 'Search',
  chapter: (number: number) => `Chapter ${number}`,
  minutes: 'min',
  questions: (count: number) => `${count} questions`,
  readMark: '✓ read',
  next: 'Next',
  previous: 'Previous',
  skip: 'Skip to the text',
  toDark: 'Switch to dark theme',
  toLight: 'Switch to light theme',
  references: 'References',
  tryThis: 'Try this',
  saw: 'What you should have seen',
  sawAlways: 'Show these without asking',
  mistake: 'Common mistake',
  source: 'Source',
  /** `oldest`: names and versions of the oldest browsers that fit. */
  older: (oldest: string) =>
    `This browser is older than the book’s widgets (${oldest}): text, formulas and pictures are all here, but buttons may do nothing. A newer one runs everything.`,
  noScript:
    'Without JavaScript the widgets of this page are still pictures, and nothing can be trained or searched. The text and its formulas are all here.',
  section: 'Link to this section',
  onThisPage: 'On this page',
  allChapters: 'All chapters',
  searchKeys: 'Search: press / or Ctrl K',
  page: {
    wayBack: 'Back to where you were',
    goThere: 'Go there',
    close: 'Close',
    searchBook: 'Search the book',
    slash: 'The key / opens this search',
    answered: '{count} of {of} questions',
    goOn: 'Go on where you were: chapter {chapter}, {title}',
    goOnNext: 'Go on with chapter {chapter}, {title}',
    forget: 'Forget where I was',
  } as PageWords,
  equation: 'Equation',
  symbols: 'Symbols in this formula',
  symbol: (letters: string) => `Symbol ${letters}`,
  symbolNow: (name: string) => `${name} now`,
  now: 'now',
  codeOf: (formula: string) => `${formula}: the code`,
  print: 'Print this chapter',
  printHint: 'Widgets as pictures, folds open, answers at the end',
  answers: 'Answers',
  asleep:
    'Not drawn yet when this was printed: the button “Print this chapter” at its end, or Ctrl P, draws everything first.',
  copyCode: 'Copy the code',
  copied: 'Copied',
  wholeFile: 'The whole file',
  codeLanguage: 'Language of the code',
  copyFormula: 'Copy this formula',
  copyLatex: 'Copy this formula as LaTeX',
  copyMathMl: 'Copy this formula as MathML',
  allWords: 'All words',
  /** What public/missing.js says; English stands in the script itself. */
  missing: undefined as MissingWords | undefined,
  contentsLater:
    'This edition is still being written. Until it is whole, its chapters are not listed here.',
  parts: {
    forward: 'Towards noise',
    model: 'A network that learns',
    reverse: 'Back, exactly',
    roads: 'One idea, many roads',
    reference: 'To look things up',
  } satisfies Record<Part, string>,
};
export type Words = typeof en;

const zh: Words = {
  site: '从噪声开始',
  tagline: '在你眼前训练的扩散模型',
  contents: '目录',
  lab: '实验室',
  gallery: '图库',
  bench: '测速',
  search: '搜索',
  chapter: (number) => `第 ${number} 章`,
  minutes: '分钟',
  questions: (count) => `${count} 个问题`,
  readMark: '✓ 已读',
  next: '下一章',
  previous: '上一章',
  skip: '跳到正文',
  toDark: '切换到深色主题',
  toLight: '切换到浅色主题',
  references: '参考文献',
  tryThis: '动手试试',
  saw: '你应当看到',
  sawAlways: '以后直接显示',
  mistake: '常见错误',
  source: '源码',
  older: (oldest) =>
    `这个浏览器比本书的组件旧（${oldest}）：文字、公式和图都在，但按钮可能没有反应。新一些的浏览器什么都能运行。`,
  noScript: '没有 JavaScript，这一页的组件只是图片，也不能训练和搜索。文字和公式都在。',
  section: '本节的链接',
  onThisPage: '本页内容',
  allChapters: '全部章节',
  searchKeys: '搜索：按 / 或 Ctrl K',
  page: {
    wayBack: '回到刚才的地方',
    goThere: '去那里',
    close: '关闭',
    searchBook: '搜索全书',
    slash: '按 / 键打开搜索',
    answered: '{of} 个问题答了 {count} 个',
    goOn: '接着读：第 {chapter} 章，{title}',
    goOnNext: '接着读第 {chapter} 章：{title}',
    forget: '忘掉我读到哪里',
  },
  equation: '公式',
  symbols: '这个公式里的符号',
  symbol: (id) => `符号 ${id}`,
  symbolNow: (name) => `${name} 现在的值`,
  now: '现在是',
  codeOf: (formula) => `${formula}（代码）`,
  print: '打印这一章',
  printHint: '组件印成图片，折叠的都展开，答案在最后',
  answers: '答案',
  asleep:
    '打印的时候这里还没有画出来：用本章末尾的“打印这一章”按钮，或者按 Ctrl P，会先把一切都画好。',
  copyCode: '复制代码',
  copied: '已复制',
  wholeFile: '整个文件',
  codeLanguage: '代码的语言',
  copyFormula: '复制这个公式',
  copyLatex: '把这个公式复制成 LaTeX',
  copyMathMl: '把这个公式复制成 MathML',
  allWords: '全部术语',
  missing: {
    program: '下面只是一张图片：它的程序',
    part: '这一页的一部分',
    search: '搜索',
    notFetched: '没能取到。也许网络断了，也许这一页打开之后书又更新了。',
    stopped: ['停了下来（', '）。'],
    advice: '设置都在网址里，存在这个浏览器里的东西也还在：请重新载入页面再试。',
    reload: '重新载入页面',
  },
  contentsLater: '中文版还在写。在写完之前，这里先不列目录；英文版已经完整。',
  parts: {
    forward: '走向噪声',
    model: '会学习的网络',
    reverse: '精确地返回',
    roads: '一个想法，许多条路',
    reference: '随时查阅',
  },
};

export const words: Record<Language, Words> = { en, zh };
