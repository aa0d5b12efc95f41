import { useId } from 'preact/hooks';
import { printNumber } from '../../lib/words/printNumber.ts';
import { useControlWords } from '../language/context.ts';

interface Props {
  label: string;
  /** As it is to be read; or the number itself, printed with the digits that mean something. */
  value: string | number;
  /** Significant digits of a number. */
  digits?: number;
  /** How a number is printed, where that is not by its digits alone. */
  format?: (value: number) => string;
  /** All digits of a text that holds numbers. */
  full?: string;
  hint?: string;
}

/** More of a float64 is rounding. */
const ALL = 12;

/** A number with its name. As an <output> it is found by that name. The rest of its digits show where it is pointed at. */
export function Stat({ label, value, digits = 4, format, full: given, hint }: Props) {
  const id = useId();
  const say = useControlWords();
  const print = format ?? ((v: number) => printNumber(v, digits));
  const text = typeof value === 'number' ? print(value) : value;
  const all = typeof value === 'number' ? printNumber(value, ALL) : given;
  const full = all === undefined || text.includes(all) ? undefined : all;
  return (
    <div class="stat" title={hint}>
      <span class="legend" id={id}>
        {label}
      </span>
      {/* Numbers that change many times a second are not read aloud unasked. */}
      <output
        aria-labelledby={id}
        aria-live="off"
        aria-describedby={full && `${id}-full`}
        tabIndex={full ? 0 : undefined}
        class={/\p{L}{2}/u.test(text) ? undefined : 'notranslate'}
      >
        {typeof value === 'number' ? <data value={value}>{text}</data> : text}
      </output>
      {full && (
        <span class="stat-full" id={`${id}-full`}>
          {say.inFull(full)}
        </span>
      )}
    </div>
  );
}
