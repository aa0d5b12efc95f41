import { KEYS } from './keys.ts';

interface Props {
  /** The lab listens to single letters. */
  on: boolean;
  onSwitch(on: boolean): void;
  open: boolean;
  onFold(open: boolean): void;
}

/** What the keys do, and whether they do it. */
export function KeysPanel({ on, onSwitch, open, onFold }: Props) {
  return (
    <details class="fold" open={open} onToggle={(event) => onFold(event.currentTarget.open)}>
      <summary>Keys</summary>
      <label class="check">
        <input
          type="checkbox"
          checked={on}
          onChange={(event) => onSwitch(event.currentTarget.checked)}
        />
        Listen to single letters
      </label>
      <dl class="keys">
        {KEYS.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
