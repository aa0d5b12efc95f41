import type { SavedRun } from '../../lib/worker/protocol.ts';
import * as show from '../trainer/format.ts';
import type { Session } from '../trainer/session.ts';
import type { LabWords } from './words.ts';

interface Props {
  words: LabWords['notes'];
  session: Session;
  /** What is shown is another run than that of the settings. */
  other: boolean;
  /** Nothing was opened on this page yet. */
  waiting: boolean;
  /** What this browser keeps of the run of the settings. */
  kept: SavedRun | null;
}

/** Which run Train would go on with, where that is not the one shown. */
export function RunNotes({ words: say, session, other, waiting, kept }: Props) {
  return (
    <>
      {other && (
        <p class="note changed" role="status">
          {say.changed(kept !== null)}
          {session.savedAt.value ? say.oneIsKept : ''}
        </p>
      )}
      {(waiting || other) && kept && (
        <p class="note" role="status">
          {say.kept(show.count(kept.step), show.date(kept.date), waiting)}
        </p>
      )}
    </>
  );
}
