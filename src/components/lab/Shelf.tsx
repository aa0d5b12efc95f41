import { useEffect, useState } from 'preact/hooks';
import type { Reason, Shelved } from '../../lib/worker/shelf.ts';
import * as show from '../trainer/format.ts';
import type { Session } from '../trainer/session.ts';
import { download, fileName, forgetRun, onKeptChange, shelf, takeRun } from './files.ts';

const WHY: Record<Reason, string> = {
  saved: 'Kept here',
  reset: 'Taken out by Reset',
  replaced: 'Another run took its place',
  unreadable: 'Could not be read',
};

interface Props {
  session: Session;
  onOpen: (bytes: Uint8Array) => unknown;
}

/** The harmless answer first: a click or a key too many removes nothing. */
const focus = (button: HTMLButtonElement | null) => button?.focus();

/** The runs that this browser keeps besides the one in training. */
export function Shelf({ session, onOpen }: Props) {
  const [entries, setEntries] = useState<Shelved[]>([]);
  /** The run that is to be removed, once the reader says so again. */
  const [doomed, setDoomed] = useState('');
  useEffect(() => {
    let mounted = true;
    const update = () => void shelf().then((found) => mounted && setEntries(found));
    update();
    const off = onKeptChange((removed) => {
      // What is gone cannot be had back by Undo.
      if (removed && session.aside.value?.id === removed) session.aside.value = null;
      update();
    });
    return () => {
      mounted = false;
      off();
    };
    // The worker puts runs there too: when one is reset, when one cannot be read, when one takes another's place.
  }, [session.aside.value, session.at.value, session.warnings.value, session.run.value]);
  if (entries.length === 0) return null;
  const withRun = (entry: Shelved, use: (bytes: Uint8Array) => unknown) =>
    session.filing(async () => {
      const bytes = await takeRun(entry.id);
      if (!bytes)
        throw new Error('That run is no longer in this browser: another tab has removed it.');
      await use(bytes);
    });
  return (
    <ul class="shelf">
      {entries.map((entry) => (
        <li key={entry.id} class="note">
          {WHY[entry.why]}: {entry.dataset} at step {show.count(entry.step)}{' '}
          <span class="muted">
            ({show.bytes(entry.bytes)}, {show.date(entry.date)})
          </span>
          .{' '}
          {entry.why !== 'unreadable' && (
            <>
              <button type="button" class="link" onClick={() => withRun(entry, onOpen)}>
                Open it
              </button>{' '}
              ·{' '}
            </>
          )}
          <button
            type="button"
            class="link"
            onClick={() =>
              withRun(entry, (bytes) => download(Uint8Array.from(bytes), fileName(entry)))
            }
          >
            Get the file
          </button>{' '}
          ·{' '}
          {doomed === entry.id ? (
            <strong>
              Remove it for good?{' '}
              <button ref={focus} type="button" class="link" onClick={() => setDoomed('')}>
                Keep it
              </button>{' '}
              ·{' '}
              <button
                type="button"
                class="link"
                onClick={() =>
                  session.filing(async () => {
                    await forgetRun(entry.id);
                    session.fileNote.value = `Removed: ${entry.dataset} at step ${show.count(entry.step)}.`;
                  })
                }
              >
                Remove for good
              </button>
            </strong>
          ) : (
            <button type="button" class="link" onClick={() => setDoomed(entry.id)}>
              Remove
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
