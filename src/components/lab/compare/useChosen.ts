import { useEffect, useState } from 'preact/hooks';
import type { Shelved } from '../../../lib/worker/shelf.ts';
import { shortTitle } from '../../trainer/dataShape.ts';
import { takeRun } from '../files.ts';
import { type KeptRun, readKept } from './keptRun.ts';
import { MOST_COMPARED } from './sharedRuns.ts';

export interface NamedRun {
  id: string;
  name: string;
  run: KeptRun;
}

export interface Chosen {
  runs: NamedRun[];
  /** Names of those that could not be read. */
  unreadable: string[];
  has(id: string): boolean;
  full: boolean;
  toggle(id: string): void;
  /** Chooses one more, where there is room. */
  add(id: string): void;
  /** What lies under another key from now on. */
  moved(from: string, to: string): void;
}

export const nameOf = ({ name, dataset, step }: Pick<Shelved, 'name' | 'dataset' | 'step'>) =>
  name ?? `${shortTitle(dataset)} ${step}`;

/** The runs that are compared, read when they are chosen, in the order in which they were. */
export function useChosen(entries: readonly Shelved[]): Chosen {
  const [ids, setIds] = useState<string[]>([]);
  const [read, setRead] = useState<Record<string, KeptRun | null>>({});
  useEffect(() => {
    for (const id of ids) {
      if (id in read) continue;
      takeRun(id)
        .then((bytes) => (bytes ? readKept(bytes) : null))
        .catch(() => null)
        .then((run) => setRead((known) => ({ ...known, [id]: run })));
    }
  }, [ids, read]);
  const there = ids.flatMap((id) => entries.find((entry) => entry.id === id) ?? []);
  const names = there.map(({ id }) => id).join('\n');
  const [runs, setRuns] = useState<NamedRun[]>([]);
  // The same list until what is in it changes: plots are drawn anew with it.
  useEffect(() => {
    setRuns(
      there.flatMap((entry) => {
        const run = read[entry.id];
        return run ? { id: entry.id, name: nameOf(entry), run } : [];
      }),
    );
  }, [names, read]);
  return {
    runs,
    unreadable: there.filter(({ id }) => read[id] === null).map(nameOf),
    has: (id) => ids.includes(id),
    full: there.length >= MOST_COMPARED,
    toggle: (id) =>
      setIds((now) => (now.includes(id) ? now.filter((own) => own !== id) : [...now, id])),
    add: (id) =>
      setIds((now) => (now.includes(id) || now.length >= MOST_COMPARED ? now : [...now, id])),
    moved(from, to) {
      setIds((now) => now.map((id) => (id === from ? to : id)));
      setRead(({ [from]: run, ...others }) =>
        run === undefined ? others : { ...others, [to]: run },
      );
    },
  };
}
