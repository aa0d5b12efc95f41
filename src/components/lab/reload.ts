/** What a reload goes on with: a page that was training when it was left trains; a paused one stands where it stood. */
import { useEffect, useRef } from 'preact/hooks';
import { runOf } from '../trainer/runConfig.ts';
import { type Session, sameRun } from '../trainer/session.ts';
import { type LabSettings, type ParsedSettings, printSettings } from '../trainer/settings.ts';

/** Where the last visit left off. Private windows may forbid it: then a reload starts from the link alone. */
const MARK = 'from-noise-lab';
interface Mark {
  /** The run's settings, as its link says them. */
  query: string;
  training: boolean;
}

function readMark(): Mark | null {
  try {
    const mark = JSON.parse(sessionStorage.getItem(MARK) ?? 'null');
    return typeof mark?.query === 'string'
      ? { query: mark.query, training: !!mark.training }
      : null;
  } catch {
    return null;
  }
}

function writeMark(mark: Mark | null): void {
  try {
    if (mark) sessionStorage.setItem(MARK, JSON.stringify(mark));
    else sessionStorage.removeItem(MARK);
  } catch {
    // Forbidden.
  }
}

const queryOf = (settings: LabSettings): string =>
  printSettings(settings, new URL('http://lab.invalid/')).search;

/** Nothing is left to go on with. */
export const forgetMark = (): void => writeMark(null);

/** Goes on with what the link, or the last visit, asks for. */
export async function resume(
  session: Session,
  { settings, autostart }: ParsedSettings,
): Promise<void> {
  const mark = readMark();
  const same = mark?.query === queryOf(settings);
  if (autostart || (same && mark?.training)) await session.train(runOf(settings));
  else if (same) await session.bring(runOf(settings));
}

/** Keeps the mark for a reload, once something was begun on this page. */
export function useMark(session: Session, settings: LabSettings): void {
  const begun = useRef(false);
  const state = session.state.value;
  const held = session.run.value;
  useEffect(() => {
    if (state === 'loading') begun.current = true;
    if (!begun.current) return;
    // A reload goes on with what trained or was got ready, never with what the settings were changed to meanwhile.
    const training =
      state === 'loading' || (state === 'training' && sameRun(held, runOf(settings)));
    writeMark({ query: queryOf(settings), training });
  }, [state, settings, held]);
}
