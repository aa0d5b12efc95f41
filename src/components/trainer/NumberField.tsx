import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { readNumber } from './readNumber.ts';
import { en } from './words.ts';

interface Props {
  label: string;
  value: number;
  min: number;
  max: number;
  integer?: boolean;
  hint?: string;
  /** Another number: all settings changed at once, and what was typed is no longer meant. */
  epoch?: number;
  onChange: (value: number) => void;
}

/** A number to type. What cannot be used is said beside it; the last good value stays in force. */
export function NumberField({
  label,
  value,
  min,
  max,
  integer = false,
  hint,
  epoch,
  onChange,
}: Props) {
  const id = useId();
  const [fault, setFault] = useState('');
  const input = useRef<HTMLInputElement>(null);
  // A value from elsewhere (a link, a file, another data set) ends what was typed, and the fault with it.
  useEffect(() => {
    setFault('');
    if (input.current) input.current.value = String(value);
  }, [value, min, max, epoch]);
  const read = (text: string) => {
    const next = readNumber(text);
    const good = next >= min && next <= max && (!integer || Number.isInteger(next));
    if (good) {
      setFault('');
      return onChange(next);
    }
    setFault(en.notTaken(text.trim(), integer, min, max, value));
    // The field shows what is in force; the sentence beside it says what was typed.
    if (input.current) input.current.value = String(value);
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        ref={input}
        // An input of type number drops a comma in silence: 0,01 would become 1.
        type="text"
        inputMode={integer ? 'numeric' : 'decimal'}
        autocomplete="off"
        // Not its value: the lab is drawn anew while the reader types.
        defaultValue={value}
        aria-describedby={fault || hint ? `${id}-hint` : undefined}
        onChange={(event) => read(event.currentTarget.value)}
      />
      {(fault || hint) && (
        <small
          id={`${id}-hint`}
          class={fault ? 'fault' : 'muted'}
          role={fault ? 'status' : undefined}
        >
          {fault || hint}
        </small>
      )}
    </div>
  );
}
