import { useState } from 'preact/hooks';
import type { Shelved } from '../../lib/worker/shelf.ts';
import * as show from '../trainer/format.ts';
import type { Session } from '../trainer/session.ts';
import { download, fileName, forgetRun, takeRun } from './files.ts';
import { useShelf } from './useShelf.ts';
import type { LabWords } from './words.ts';

interface Props {
  words: LabWords['files'];
  session: Session;
  onOpen: (bytes: Uint8Array) => unknown;
}

/** The harmless answer first: a click or a key too many removes nothing. */
const focus = (button: HTMLButtonElement | null) => button?.focus();

/** The runs that this browser keeps besides the one in training. */
export function Shelf({ words: say, session, onOpen }: Props) {
  const entries = useShelf(session);
  /** The run that is to be removed, once the reader says so again. */
  const [doomed, setDoomed] = useState('');
  if (entries.length === 0) return null;
  const withRun = (entry: Shelved, use: (bytes: Uint8Array) => unknown) =>
    session.filing(async () => {
      const bytes = await takeRun(entry.id);
      if (!bytes) throw new Error(say.gone);
      await use(bytes);
    });
  return (
    <ul class="shelf">
      {entries.map((entry) => (
        <li key={entry.id} class="note">
          {say.shelved(entry, show.count(entry.step))}{' '}
          <span class="muted">({say.size(show.bytes(entry.bytes), show.date(entry.date))})</span>.{' '}
          {entry.why !== 'unreadable' && (
            <>
              <button type="button" class="link" onClick={() => withRun(entry, onOpen)}>
                {say.open}
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
            {say.get}
          </button>{' '}
          ·{' '}
          {doomed === entry.id ? (
            <strong>
              {say.sure}{' '}
              <button ref={focus} type="button" class="link" onClick={() => setDoomed('')}>
                {say.keep}
              </button>{' '}
              ·{' '}
              <button
                type="button"
                class="link"
                onClick={() =>
                  session.filing(async () => {
                    await forgetRun(entry.id);
                    session.fileNote.value = say.removed(entry.dataset, show.count(entry.step));
                  })
                }
              >
                {say.removeForGood}
              </button>
            </strong>
          ) : (
            <button type="button" class="link" onClick={() => setDoomed(entry.id)}>
              {say.remove}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
