/** Why an answer is wrong: what the question says of it, or by how much a number missed. */
import { isClose } from './predictAnswer.ts';

/** A number that people arrive at, computed on the page, and how they do. */
export type Slip = readonly [value: number, why: string];

export interface Question {
  choices?: readonly string[];
  /** With choices the index of the right one. */
  answer: number;
  tolerance: number;
  hint: string;
  /** For each choice why it is wrong; empty for the right one. */
  why?: readonly string[];
  slips?: readonly Slip[];
}

/** How close a guess must come to a slip to be taken for it, as a share of the slip. */
const NEAR = 0.02;

/** @throws Error where a question has no hint, no reason for a wrong choice, or a slip that counts as right. */
export function checkQuestion(id: string, question: Question): void {
  const { choices, answer, tolerance, hint, why, slips = [] } = question;
  if (!hint) throw new Error(`question "${id}" has no hint`);
  choices?.forEach((choice, i) => {
    if (i !== answer && !why?.[i])
      throw new Error(`question "${id}" does not say why "${choice}" is wrong`);
  });
  if (!choices && slips.length === 0)
    throw new Error(`question "${id}" knows no wrong number that people arrive at`);
  for (const [value] of slips)
    if (!Number.isFinite(value) || isClose(value, answer, tolerance))
      throw new Error(`question "${id}": the slip ${value} counts as right (${answer})`);
}

/** The nearest slip that a guess is taken for. */
export const slipOf = (guess: number, slips: readonly Slip[] = []): string | undefined =>
  slips
    .filter(([value]) => isClose(guess, value, NEAR * Math.abs(value) || NEAR))
    .sort(([a], [b]) => Math.abs(a - guess) - Math.abs(b - guess))[0]?.[1];

/** How many times too large (above 1) or too small (below 1) a guess is; NaN where a ratio says nothing. */
export const offBy = (guess: number, answer: number): number =>
  guess * answer > 0 && Number.isFinite(guess) ? guess / answer : Number.NaN;
