/** What browser tests ask Node for: the same code, run by another engine on the other side. */
import { drawnDigits } from '../../../src/lib/data/index.ts';

export const DIGITS = { count: 50, seed: 11 };

export function digitsInNode(): { images: number[]; labels: number[] } {
  const { images, labels } = drawnDigits(DIGITS);
  return { images: [...images], labels: [...(labels ?? [])] };
}

declare module 'vitest/browser' {
  interface BrowserCommands {
    digitsInNode: () => Promise<ReturnType<typeof digitsInNode>>;
  }
}
