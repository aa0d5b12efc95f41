export const en = {
  numbered: (number: string) => `Question ${number}`,
  first: 'Predict first',
  /** Beside the label, of a question that this browser has seen answered. */
  before: {
    first: 'answered at the first try',
    second: 'answered at the second try',
    wrong: 'tried twice',
    shown: 'looked up',
  },
  yourGuess: 'Your guess',
  check: 'Check',
  show: 'Show the answer',
  hide: 'Hide the answer',
  again: 'Ask me again',
  guessFirst: 'Make a guess first: a wrong one teaches more than none.',
  unread: (guess: string) =>
    `“${guess}” is no number that can be read here. Write it in digits, like 0.25.`,
  yes: 'Yes. ',
  yesNow: 'Yes, at the second try. ',
  notYet: 'Not yet. ',
  no: 'Not quite. ',
  /** `times`: how often the right number goes into the guess, or the guess into it. */
  tooLarge: (times: string) => `That is ${times} times too large.`,
  tooSmall: (times: string) => `That is ${times} times too small.`,
  near: 'That is close, but not close enough.',
  wrongSign: 'That has the wrong sign.',
  hint: 'A hint: ',
  /** Around the answer, which is set in bold. */
  answer: ['The answer: ', '.'] as [before: string, after: string],
};
export type PredictWords = typeof en;
