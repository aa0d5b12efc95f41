import type { PredictWords } from './words.ts';

export const zh: PredictWords = {
  numbered: (number) => `问题 ${number}`,
  first: '先猜一猜',
  before: {
    first: '第一次就答对了',
    second: '第二次答对了',
    wrong: '试过两次',
    shown: '看过答案',
  },
  yourGuess: '你的猜测',
  check: '看看对不对',
  show: '显示答案',
  hide: '收起答案',
  again: '再问我一次',
  guessFirst: '先猜一个：猜错也比不猜学得多。',
  unread: (guess) => `“${guess}”在这里读不成一个数。请用数字写，例如 0.25。`,
  yes: '对了。',
  yesNow: '第二次猜对了。',
  notYet: '还不对。',
  no: '还差一点。',
  tooLarge: (times) => `大了，是正确值的 ${times} 倍。`,
  tooSmall: (times) => `小了，正确值是它的 ${times} 倍。`,
  near: '很接近，但还不够准。',
  wrongSign: '正负号反了。',
  hint: '提示：',
  answer: ['答案是 ', '。'],
};
