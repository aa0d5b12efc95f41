/** Words of chapter 11. */
import type { Term } from './term.ts';

export const learnedWidthTerms: Term[] = [
  {
    term: 'hybrid loss',
    zh: '混合损失',
    symbol: String.raw`L_{\text{hybrid}}`,
    meaning:
      'The simple loss for the guess, plus a small share of the bound that teaches the width of the step alone.',
    chapter: 'learned-width',
  },
  {
    term: 'importance sampling',
    zh: '重要性采样',
    symbol: String.raw`\mathbb E_p[L/p]`,
    meaning:
      'Drawing more often what counts more, and dividing it by how often it was drawn: the average stays right and scatters less.',
    chapter: 'learned-width',
  },
  {
    term: 'stop-gradient',
    zh: '停止梯度',
    meaning: 'A number that is used but not learned from: it goes through, its slope does not.',
    chapter: 'learned-width',
  },
];
