/** The parts of the book, in order: each chapter says which is its own, and `ui.ts` what they are called. */
export const PARTS = ['forward', 'model', 'reverse', 'roads', 'reference'] as const;
export type Part = (typeof PARTS)[number];
