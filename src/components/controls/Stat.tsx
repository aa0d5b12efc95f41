import { useId } from 'preact/hooks';

/** A number with its name. As an <output> it is found by that name. */
export function Stat({ label, value, hint }: { label: string; value: string; hint?: string }) {
  const id = useId();
  return (
    <div class="stat" title={hint}>
      <span class="legend" id={id}>
        {label}
      </span>
      {/* Numbers that change many times a second are not read aloud unasked. */}
      <output
        aria-labelledby={id}
        aria-live="off"
        class={/\p{L}{2}/u.test(value) ? undefined : 'notranslate'}
      >
        {value}
      </output>
    </div>
  );
}
