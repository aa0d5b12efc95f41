export const en = {
  numbered: (number: string) => `Question ${number}`,
  first: 'Predict first',
  yourGuess: 'Your guess',
  check: 'Check',
  show: 'Show the answer',
  hide: 'Hide the answer',
  guessFirst: 'Make a guess first: a wrong one teaches more than none.',
  unread: (guess: string) =>
    `“${guess}” is no number that can be read here. Write it in digits, like 0.25.`,
  yes: 'Yes. ',
  no: 'Not quite. ',
  /** Around the answer, which is set in bold. */
  answer: ['The answer: ', '.'] as [before: string, after: string],
};
export type PredictWords = typeof en;
