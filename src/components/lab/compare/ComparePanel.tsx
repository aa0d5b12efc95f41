import { useEffect, useState } from 'preact/hooks';
import { shortTitle } from '../../trainer/dataShape.ts';
import * as show from '../../trainer/format.ts';
import { sayError } from '../../trainer/sayError.ts';
import type { Session } from '../../trainer/session.ts';
import type { LabSettings } from '../../trainer/settings.ts';
import { CopyLink } from '../CopyLink.tsx';
import { renameRun } from '../files.ts';
import { useShelf } from '../useShelf.ts';
import type { LabWords } from '../words.ts';
import { ComparedCurves } from './ComparedCurves.tsx';
import { ComparedPictures } from './ComparedPictures.tsx';
import { DifferencesTable } from './DifferencesTable.tsx';
import { hereOf, SharedList } from './SharedList.tsx';
import { freeName, linkOf, MOST_COMPARED, type SharedRun, shortName } from './sharedRuns.ts';
import { keepHeld, plainName } from './trainAll.ts';
import { nameOf, useChosen } from './useChosen.ts';

interface Props {
  words: LabWords;
  session: Session;
  /** The settings of the run that is shown. */
  drawn: LabSettings;
  /** There is one to keep. */
  canKeep: boolean;
  /** The runs of a link. */
  shared: readonly SharedRun[];
  backend: LabSettings['backend'];
  onShow: (settings: LabSettings) => void;
}

/** Up to four kept runs beside each other: losses, pictures from the same noise, what sets them apart, one link for all. */
export function ComparePanel({ words, session, drawn, canKeep, shared, backend, onShow }: Props) {
  const say = words.compare;
  const entries = useShelf(session).filter(({ why }) => why !== 'unreadable');
  const chosen = useChosen(entries);
  const [typed, setTyped] = useState('');
  const [note, setNote] = useState('');
  const [trouble, setTrouble] = useState('');
  const suggested = plainName(drawn, say.suggest, words.settings.predictions);
  // What a link names and this browser has is chosen from the start.
  const here = shared.flatMap((run) => hereOf(run, entries)?.id ?? []).join('\n');
  useEffect(() => {
    for (const id of here ? here.split('\n') : []) chosen.add(id);
  }, [here]);
  const keep = async () => {
    setTrouble('');
    try {
      const name = freeName(shortName(typed) || suggested, entries.map(nameOf));
      chosen.add(await keepHeld(session, name));
      setNote(say.kept(name, show.count(session.stats.value?.step ?? session.at.value)));
      setTyped('');
    } catch (error) {
      setTrouble(await sayError(error));
    }
  };
  const rename = async (entry: (typeof entries)[number], name: string) => {
    const others = entries.filter(({ id }) => id !== entry.id).map(nameOf);
    const free = freeName(shortName(name), others);
    chosen.moved(entry.id, await renameRun(entry, free));
    return free;
  };
  const { runs } = chosen;
  return (
    <section class="compare" id="compare" aria-label={say.title}>
      <h2>{say.title}</h2>
      <p class="note">{say.about}</p>
      {shared.length > 0 && (
        <SharedList
          words={say}
          session={session}
          shared={shared}
          entries={entries}
          onShow={onShow}
          onKept={chosen.add}
        />
      )}
      {shared.length > 0 && runs.length === 0 && (
        <DifferencesTable
          words={words}
          runs={shared.map((run, i) => ({
            ...run,
            id: String(i),
            name: run.name || say.unnamed(i + 1),
          }))}
        />
      )}
      <div class="row controls">
        <div class="field">
          <label for="run-name">{say.name}</label>
          <input
            id="run-name"
            type="text"
            value={typed}
            placeholder={suggested}
            maxLength={60}
            autocomplete="off"
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </div>
        <button type="button" class="button" disabled={!canKeep} onClick={keep}>
          {say.keep}
        </button>
        <span class="note" role="status">
          {note}
        </span>
      </div>
      {trouble && (
        <p class="error" role="alert">
          {trouble}
        </p>
      )}
      {entries.length > 0 && (
        <fieldset class="kept-runs controls">
          <legend class="legend">{say.chooseUpTo(MOST_COMPARED)}</legend>
          <ul>
            {entries.map((entry) => (
              <li key={entry.id}>
                <input
                  type="checkbox"
                  aria-label={say.choose(nameOf(entry))}
                  checked={chosen.has(entry.id)}
                  disabled={chosen.full && !chosen.has(entry.id)}
                  onChange={() => chosen.toggle(entry.id)}
                />
                <input
                  type="text"
                  aria-label={say.nameOf(nameOf(entry))}
                  defaultValue={nameOf(entry)}
                  maxLength={60}
                  onChange={(event) => {
                    const field = event.currentTarget;
                    void rename(entry, field.value).then((free) => {
                      field.value = free;
                    });
                  }}
                />
                <span class="muted">
                  {say.at(shortTitle(entry.dataset), show.count(entry.step), show.date(entry.date))}
                </span>
              </li>
            ))}
          </ul>
        </fieldset>
      )}
      {chosen.unreadable.map((name) => (
        <p key={name} class="error" role="alert">
          {say.unreadable(name)}
        </p>
      ))}
      {runs.length > 0 && (
        <>
          <ComparedCurves words={say} runs={runs} />
          <ComparedPictures words={say} session={session} backend={backend} runs={runs} />
          <DifferencesTable
            words={words}
            runs={runs.map(({ id, name, run }) => ({ ...run, id, name }))}
          />
          <div class="row">
            <CopyLink
              {...say.link}
              address={() =>
                linkOf(
                  runs.map(({ name, run }) => ({ ...run, name })),
                  new URL(location.href),
                ).href
              }
            />
            <p class="note link-says">{say.linkSays}</p>
          </div>
        </>
      )}
    </section>
  );
}
