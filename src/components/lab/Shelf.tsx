import { useEffect, useState } from 'preact/hooks';
import type { Reason, Shelved } from '../../lib/worker/shelf.ts';
import { download, fileName, forgetRun, onShelfChange, shelf, takeRun } from './files.ts';
import * as show from './format.ts';
import type { Session } from './session.ts';

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

/** The runs that this browser keeps besides the one in training. */
export function Shelf({ session, onOpen }: Props) {
  const [entries, setEntries] = useState<Shelved[]>([]);
  useEffect(() => {
    let mounted = true;
    const update = () => void shelf().then((found) => mounted && setEntries(found));
    update();
    const off = onShelfChange(update);
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
          <button
            type="button"
            class="link"
            onClick={() => session.filing(() => forgetRun(entry.id))}
          >
            Remove
          </button>
        </li>
      ))}
    </ul>
  );
}
