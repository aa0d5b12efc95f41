import type { Signal } from '@preact/signals';
import type { Trouble as What } from './sessionState.ts';
import { en } from './words.ts';

/** What went wrong, with what can be done about it. */
export function Trouble({ of }: { of: Signal<What | null> }) {
  const trouble = of.value;
  if (!trouble) return null;
  const { message, kept, todo, action } = trouble;
  return (
    <div class="error" role="alert">
      <p>{[message, kept, todo].filter(Boolean).join(' ')}</p>
      <div class="row">
        {action && (
          <button
            type="button"
            class="button small primary"
            onClick={() => {
              of.value = null;
              action.act();
            }}
          >
            {action.label}
          </button>
        )}
        <button
          type="button"
          class="button small"
          onClick={() => {
            of.value = null;
          }}
        >
          {en.messages.dismiss}
        </button>
      </div>
    </div>
  );
}
