import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import './predict.css';
import { isClose, parseGuess, printNumber } from './predictAnswer.ts';
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
  /** Why. Formulas go between the tags instead: <Predict …>Because $…$</Predict>. */
  explain?: ComponentChildren;
  children?: ComponentChildren;
  words: PredictWords;
}

/** A question to commit to before its answer is shown. The guess stays on the page beside the answer. */
export default function Predict(props: Props) {
  const {
    id,
    question,
    choices,
    answer,
    unit = '',
    digits = 4,
    explain,
    children,
    words: say,
  } = props;
  const [guess, setGuess] = useState('');
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState(false);
  const name = useId();
  const value = choices ? Number(guess || Number.NaN) : parseGuess(guess);
  const made = !Number.isNaN(value);
  const right = choices
    ? value === answer
    : isClose(value, answer, props.tolerance ?? 0.05 * Math.abs(answer));
  const shown = choices ? choices[answer] : `${printNumber(answer, digits)}${unit && ` ${unit}`}`;

  return (
    <section class="predict" id={id} aria-labelledby={`${id}-question`}>
      <span class="label">
        {props.number && <a href={`#${id}`}>{say.numbered(props.number)}</a>}
        {say.first}
      </span>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (made) setOpen(true);
          else setAsked(true);
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
          <button type="submit" class="button primary">
            {say.check}
          </button>
          <button type="button" class="button" onClick={() => setOpen(!open)} aria-expanded={open}>
            {open ? say.hide : say.show}
          </button>
        </div>
      </form>
      <div class="verdict" role="status">
        {!open && asked && !made && (
          <p>{guess.trim() === '' ? say.guessFirst : say.unread(guess.trim())}</p>
        )}
        {open && (
          <>
            <p>
              {made && (
                <strong class={right ? 'right' : 'wrong'}>{right ? say.yes : say.no}</strong>
              )}
              {say.answer[0]}
              <strong>{shown}</strong>
              {say.answer[1]}
            </p>
            {explain && <p>{explain}</p>}
            {children}
          </>
        )}
      </div>
    </section>
  );
}
