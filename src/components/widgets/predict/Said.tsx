import type { Attempts } from './attempts.ts';
import { parseGuess, printNumber } from './predictAnswer.ts';
import { offBy, type Slip, slipOf } from './reasons.ts';
import type { PredictWords } from './words.ts';

interface Props {
  state: Attempts;
  /** The guess as it stood when it was last checked; null before. */
  asked: string | null;
  guess: string;
  choices?: readonly string[];
  answer: number;
  hint: string;
  why?: readonly string[];
  slips?: readonly Slip[];
  say: PredictWords;
}

/** What a question says to the guess that was checked: right, or why not and what to think of. */
export function Said({ state, asked, guess, choices, answer, hint, why, slips, say }: Props) {
  const { outcome, wrong } = state;
  if (outcome === 'shown') return null;
  if (outcome === 'first' || outcome === 'second')
    return (
      <p>
        <strong class="right">{outcome === 'first' ? say.yes : say.yesNow}</strong>
      </p>
    );
  const unread =
    asked === guess && Number.isNaN(choices ? Number(guess || NaN) : parseGuess(guess));
  if (unread) return <p>{guess.trim() === '' ? say.guessFirst : say.unread(guess.trim())}</p>;
  const last = wrong.at(-1);
  if (last === undefined) return null;
  return (
    <>
      <p>
        <strong class="wrong">{outcome ? say.no : say.notYet}</strong>
        {choices ? why?.[last] : (slipOf(last, slips) ?? howFar(last, answer, say))}
      </p>
      {!outcome && (
        <p>
          <strong>{say.hint}</strong>
          {hint}
        </p>
      )}
    </>
  );
}

/** By how much a number missed that no slip explains. */
function howFar(guess: number, answer: number, say: PredictWords): string {
  const times = offBy(guess, answer);
  if (Number.isNaN(times)) return guess * answer < 0 ? say.wrongSign : '';
  if (Math.abs(Math.log(times)) < Math.log(1.1)) return say.near;
  return times > 1 ? say.tooLarge(printNumber(times, 2)) : say.tooSmall(printNumber(1 / times, 2));
}
