import { KEYS } from './keys.ts';
import type { LabWords } from './words.ts';

interface Props {
  words: LabWords['keys'];
  /** The lab listens to single letters. */
  on: boolean;
  onSwitch(on: boolean): void;
  open: boolean;
  onFold(open: boolean): void;
}

/** What the keys do, and whether they do it. */
export function KeysPanel({ words: say, on, onSwitch, open, onFold }: Props) {
  return (
    <details class="fold" open={open} onToggle={(event) => onFold(event.currentTarget.open)}>
      <summary>{say.title}</summary>
      <label class="check">
        <input
          type="checkbox"
          checked={on}
          onChange={(event) => onSwitch(event.currentTarget.checked)}
        />
        {say.listen}
      </label>
      <dl class="keys">
        {KEYS.map((key) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{say.does[key]}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
