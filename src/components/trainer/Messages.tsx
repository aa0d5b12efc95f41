import * as show from './format.ts';
import type { Session } from './session.ts';
import { Trouble } from './Trouble.tsx';

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
                  aria-label={`Dismiss: ${warning.message}`}
                  onClick={() => {
                    session.warnings.value = session.warnings.value.filter((w) => w !== warning);
                  }}
                >
                  Dismiss
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
            Back at step 0. The run of step {show.count(aside.step)} was taken out, not thrown away.{' '}
            <button type="button" class="button small" onClick={onUndo}>
              Undo Reset
            </button>
          </>
        )}
      </p>
    </>
  );
}
