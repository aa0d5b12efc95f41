import type { Session } from './session.ts';

interface Props {
  session: Session;
  /** What the address held that could not be used. */
  problems?: string[];
}

/** What the reader must know. Trouble is an alert; the rest is a polite status. */
export function Messages({ session, problems = [] }: Props) {
  const trouble = session.trouble.value;
  const sentences = [...problems, ...session.warnings.value];
  return (
    <>
      {trouble && (
        <div class="error" role="alert">
          <p>{[trouble.message, trouble.kept, trouble.todo].filter(Boolean).join(' ')}</p>
          <div class="row">
            <button
              type="button"
              class="button small"
              onClick={() => {
                session.trouble.value = null;
              }}
            >
              Dismiss
            </button>
          </div>
        </div>
      )}
      <div role="status">
        {sentences.length > 0 && (
          <ul class="warnings">
            {sentences.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        )}
      </div>
      <p class="note" role="status">
        {session.note.value}
      </p>
    </>
  );
}
