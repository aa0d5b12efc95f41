import * as show from './format.ts';
import type { Session } from './session.ts';
import { Trouble } from './Trouble.tsx';
import { en } from './words.ts';

const say = en.messages;

interface Props {
  session: Session;
  /** What the address held that could not be used. */
  problems?: string[];
  /** Brings back what Reset took out. */
  onUndo: () => void;
}

/** What the reader must know. Trouble is an alert; the rest is a polite status. */
export function Messages({ session, problems = [], onUndo }: Props) {
  const aside = session.aside.value;
  const warnings = session.warnings.value;
  return (
    <>
      <Trouble of={session.trouble} />
      <div role="status">
        {problems.length + warnings.length > 0 && (
          <ul class="warnings">
            {problems.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
            {warnings.map((warning) => (
              <li key={warning.message}>
                <span>{warning.message}</span>{' '}
                <button
                  type="button"
                  class="link"
                  aria-label={say.dismissThat(warning.message)}
                  onClick={() => {
                    session.warnings.value = session.warnings.value.filter((w) => w !== warning);
                  }}
                >
                  {say.dismiss}
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
      <p class="note" role="status">
        {session.note.value}
        {aside && (
          <>
            {say.takenOut(show.count(aside.step))}{' '}
            <button type="button" class="button small" onClick={onUndo}>
              {say.undo}
            </button>
          </>
        )}
      </p>
    </>
  );
}
