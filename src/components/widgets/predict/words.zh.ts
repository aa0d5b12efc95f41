import type { PredictWords } from './words.ts';

export const zh: PredictWords = {
  numbered: (number) => `问题 ${number}`,
  first: '先猜一猜',
  yourGuess: '你的猜测',
  check: '看看对不对',
  show: '显示答案',
  hide: '收起答案',
  guessFirst: '先猜一个：猜错也比不猜学得多。',
  unread: (guess) => `“${guess}”在这里读不成一个数。请用数字写，例如 0.25。`,
  yes: '对了。',
  no: '还差一点。',
  answer: ['答案是 ', '。'],
};
