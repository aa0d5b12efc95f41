import { useEffect, useState } from 'preact/hooks';
import type { Shelved } from '../../lib/worker/shelf.ts';
import type { Session } from '../trainer/session.ts';
import { onKeptChange, shelf } from './files.ts';

/** The runs that this browser keeps besides the one in training, newest first, as they come and go. */
export function useShelf(session: Session): Shelved[] {
  const [entries, setEntries] = useState<Shelved[]>([]);
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
  return entries;
}
