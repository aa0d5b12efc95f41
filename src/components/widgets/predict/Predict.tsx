import type { ComponentChildren } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import { answerOf, chapterHere, keepAnswer } from '../../page/progress.ts';
import './predict.css';
import { type Attempts, checked, isOutcome, type Outcome, UNTRIED } from './attempts.ts';
import { isClose, parseGuess, printNumber } from './predictAnswer.ts';
import { checkQuestion, type Slip } from './reasons.ts';
import { Said } from './Said.tsx';
import type { PredictWords } from './words.ts';

interface Props {
  id: string;
  /** Chapter and place in it, '6.2': given by the build (src/markdown/questions.ts). */
  number?: string;
  question: ComponentChildren;
  /** With choices, `answer` is the index of the right one; without, a number computed on the page. */
  choices?: readonly string[];
  answer: number;
  unit?: string;
  /** Largest |guess − answer| that counts as right. Default: 5 % of |answer|. */
  tolerance?: number;
  /** Significant digits of the answer as shown. */
  digits?: number;
  /** What helps after a first wrong answer. */
  hint: string;
  /** For each choice why it is wrong; empty for the right one. */
  why?: readonly string[];
  /** Numbers that people arrive at, and how they do. */
  slips?: readonly Slip[];
  /** Why. Formulas go between the tags instead: <Predict …>Because $…$</Predict>. */
  explain?: ComponentChildren;
  children?: ComponentChildren;
  words: PredictWords;
}

/** What was chosen or typed before this code came: it is kept. */
const early = (id: string): string =>
  globalThis.document?.querySelector<HTMLInputElement>(
    `#${CSS.escape(id)} :is(input:checked, input[type="text"])`,
  )?.value ?? '';

/** A question to commit to before its answer is shown: two tries, with a hint between them. */
export default function Predict(props: Props) {
  const { id, question, choices, answer, unit = '', digits = 4, words: say } = props;
  const { hint, why, slips } = props;
  const tolerance = props.tolerance ?? 0.05 * Math.abs(answer);
  // At build: a question that cannot tell a reader why stops it.
  if (import.meta.env.SSR) checkQuestion(id, { choices, answer, tolerance, hint, why, slips });
  const [guess, setGuess] = useState(() => early(id));
  const [state, setState] = useState<Attempts>(UNTRIED);
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState<string | null>(null);
  /** How it ended on an earlier visit. */
  const [before, setBefore] = useState<Outcome | null>(null);
  const name = useId();
  useEffect(() => {
    const kept = answerOf(chapterHere(), id);
    if (isOutcome(kept)) setBefore(kept);
  }, [id]);
  const value = choices ? Number(guess || Number.NaN) : parseGuess(guess);
  const right = choices ? value === answer : isClose(value, answer, tolerance);
  const shown = choices ? choices[answer] : `${printNumber(answer, digits)}${unit && ` ${unit}`}`;

  const end = (next: Attempts) => {
    setState(next);
    if (!next.outcome) return;
    setOpen(true);
    // Looking up what was answered once takes nothing away.
    const chapter = chapterHere();
    if (chapter && !(next.outcome === 'shown' && before)) keepAnswer(chapter, id, next.outcome);
  };
  const check = () => {
    setAsked(guess);
    if (!Number.isNaN(value)) end(checked(state, value, right));
  };
  const toggle = () => {
    if (state.outcome) setOpen(!open);
    else end({ ...state, outcome: 'shown' });
  };
  const again = () => {
    setState(UNTRIED);
    setOpen(false);
    setAsked(null);
    setGuess('');
  };

  return (
    <section class="predict" id={id} aria-labelledby={`${id}-question`}>
      <span class="label">
        {props.number && <a href={`#${id}`}>{say.numbered(props.number)}</a>}
        {say.first}
        {before && <span class="before">{say.before[before]}</span>}
      </span>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          check();
        }}
      >
        <p id={`${id}-question`}>{question}</p>
        {choices ? (
          <div class="choices" role="radiogroup" aria-labelledby={`${id}-question`}>
            {choices.map((choice, i) => (
              <label key={choice} class={open && i === answer ? 'check right' : 'check'}>
                <input
                  type="radio"
                  name={name}
                  value={i}
                  checked={guess === String(i)}
                  onChange={() => setGuess(String(i))}
                />
                {choice}
              </label>
            ))}
          </div>
        ) : (
          <label class="guess">
            {say.yourGuess}{' '}
            <input
              type="text"
              inputMode="decimal"
              autocomplete="off"
              value={guess}
              onInput={(event) => setGuess(event.currentTarget.value)}
            />{' '}
            {unit}
          </label>
        )}
        <div class="answering">
          {state.outcome ? (
            <button type="button" class="button" onClick={again}>
              {say.again}
            </button>
          ) : (
            <button type="submit" class="button primary">
              {say.check}
            </button>
          )}
          <button type="button" class="button" onClick={toggle} aria-expanded={open}>
            {open ? say.hide : say.show}
          </button>
        </div>
      </form>
      <div class="verdict" role="status">
        <Said {...{ state, asked, guess, choices, answer, hint, why, slips, say }} />
      </div>
      {/* In the page from the start: without scripts it stands open, on paper it goes to the chapter's end. */}
      <div class="answer" hidden={!open}>
        <p>
          {say.answer[0]}
          <strong>{shown}</strong>
          {say.answer[1]}
        </p>
        {props.explain && <p>{props.explain}</p>}
        {props.children}
      </div>
    </section>
  );
}
