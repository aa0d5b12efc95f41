export { printNumber } from '../../../lib/words/printNumber.ts';

/** Reads a number as people type it: 0.5, 0,5, 4e-5, 4·10^-5, 1/3, 50 %. NaN when it is none. */
export function parseGuess(text: string): number {
  const plain = text
    .trim()
    .replace(/[−–]/g, '-')
    .replace(/,/g, '.')
    .replace(/\s*[·×x*]\s*10\^?/i, 'e')
    .replace(/\s+/g, '');
  const percent = plain.endsWith('%');
  const [top, bottom, ...rest] = plain.replace(/%$/, '').split('/');
  if (top === '' || bottom === '' || rest.length > 0) return Number.NaN;
  const value = (Number(top) / (bottom === undefined ? 1 : Number(bottom))) * (percent ? 0.01 : 1);
  // What no number can hold, as 1e999, is no answer.
  return Number.isFinite(value) ? value : Number.NaN;
}

export const isClose = (guess: number, answer: number, tolerance: number): boolean =>
  Math.abs(guess - answer) <= tolerance + 1e-12 * Math.abs(answer);
