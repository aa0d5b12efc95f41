/**
 * Where other programs put n of T steps, counted as in this book from t = 1 (theirs count from 0). The names are those of
 * Lin et al. (2305.08891, table 2). All lists fall; `timesteps` has this book's own.
 */
import { checkT } from '../process/schedule.ts';

function check(T: number, n: number): void {
  checkT(T);
  if (!Number.isInteger(n) || n < 1 || n > T)
    throw new RangeError(`Steps: expected an integer from 1 to ${T}; found ${n}. Choose one.`);
}

/** Multiples of ⌊T/n⌋ from 0 on: never reaches T. */
export function leading(T: number, n: number): number[] {
  check(T, n);
  return Array.from({ length: n }, (_, i) => (n - 1 - i) * Math.floor(T / n) + 1);
}

/** From T down by T/n: never reaches 1. */
export function trailing(T: number, n: number): number[] {
  check(T, n);
  return Array.from({ length: n }, (_, i) => Math.round(T - (i * T) / n));
}

/** Both ends, and evenly between them. */
export function linspaced(T: number, n: number): number[] {
  check(T, n);
  return Array.from({ length: n }, (_, i) =>
    n === 1 ? 1 : Math.round(((T - 1) * (n - 1 - i)) / (n - 1)) + 1,
  );
}
