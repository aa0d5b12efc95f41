import { useState } from 'preact/hooks';
import { runKey } from '../../../lib/tensor/recipes/diffusion/run.ts';
import type { Shelved } from '../../../lib/worker/shelf.ts';
import * as show from '../../trainer/format.ts';
import { runOf } from '../../trainer/runConfig.ts';
import { sayError } from '../../trainer/sayError.ts';
import type { Session } from '../../trainer/session.ts';
import type { LabSettings } from '../../trainer/settings.ts';
import type { LabWords } from '../words.ts';
import type { SharedRun } from './sharedRuns.ts';
import { goalOf, trainAll } from './trainAll.ts';

interface Props {
  words: LabWords['compare'];
  session: Session;
  shared: readonly SharedRun[];
  entries: readonly Shelved[];
  onShow: (settings: LabSettings) => void;
  onKept: (id: string) => void;
}

/** The kept run that a shared one names, the farthest of them. */
export const hereOf = (run: SharedRun, entries: readonly Shelved[]): Shelved | undefined => {
  const key = runKey(runOf(run.settings));
  return entries
    .filter((entry) => entry.run === key && entry.why === 'saved')
    .sort((a, b) => b.step - a.step)[0];
};

/** The runs of a link: what they are, how far they are here, and a button that trains what is missing. */
export function SharedList({ words: say, session, shared, entries, onShow, onKept }: Props) {
  const [at, setAt] = useState('');
  const [trouble, setTrouble] = useState('');
  const nameOf = (run: SharedRun, i: number) => run.name || say.unnamed(i + 1);
  const missing = shared.filter((run) => (hereOf(run, entries)?.step ?? -1) < goalOf(run));
  const train = async () => {
    if (at) return session.pause();
    setTrouble('');
    try {
      await trainAll(session, missing, (run) => nameOf(run, shared.indexOf(run)), {
        show(run) {
          setAt(nameOf(run, shared.indexOf(run)));
          onShow(run.settings);
        },
        kept: onKept,
      });
    } catch (error) {
      setTrouble(await sayError(error));
    }
    setAt('');
  };
  return (
    <div class="shared-runs">
      <h3>{say.shared}</h3>
      <ul>
        {shared.map((run, i) => {
          const here = hereOf(run, entries);
          const told = [
            ...(Number.isFinite(run.loss) && run.step > 0
              ? [say.theirs(show.loss(run.loss), show.count(run.step))]
              : []),
            here ? say.here(show.count(here.step)) : say.notHere,
          ];
          return (
            <li key={runKey(runOf(run.settings))}>
              {say.sharedRun(nameOf(run, i), show.count(goalOf(run)))}
              <span class="muted"> ({told.join('; ')})</span>
            </li>
          );
        })}
      </ul>
      {missing.length > 0 && (
        <>
          <p class="note">{say.sharedAbout}</p>
          <div class="row">
            <button type="button" class="button primary" onClick={train}>
              {at ? say.stopAll : say.trainAll}
            </button>
            <span class="note" role="status">
              {at ? say.training(at) : ''}
            </span>
          </div>
        </>
      )}
      {trouble && (
        <p class="error" role="alert">
          {trouble}
        </p>
      )}
    </div>
  );
}
