import type { SavedRun } from '../../lib/worker/protocol.ts';
import * as show from '../trainer/format.ts';
import type { Session } from '../trainer/session.ts';

interface Props {
  session: Session;
  /** What is shown is another run than that of the settings. */
  other: boolean;
  /** Nothing was opened on this page yet. */
  waiting: boolean;
  /** What this browser keeps of the run of the settings. */
  kept: SavedRun | null;
}

/** Which run Train would go on with, where that is not the one shown. */
export function RunNotes({ session, other, waiting, kept }: Props) {
  return (
    <>
      {other && (
        <p class="note changed" role="status">
          The settings changed: Train {kept ? 'takes up' : 'begins'} another run with them; Sample
          still draws from the one shown here.
          {session.savedAt.value ? ' That one is kept; its settings bring it back.' : ''}
        </p>
      )}
      {(waiting || other) && kept && (
        <p class="note" role="status">
          This browser keeps the run of these settings at step {show.count(kept.step)} (
          {show.date(kept.date)}). Train goes on from there
          {waiting ? '; Reset takes it out and begins again' : ''}.
        </p>
      )}
    </>
  );
}
