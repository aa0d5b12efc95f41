import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { TryAgain } from '../controls/TryAgain.tsx';
import { registry } from '../widgets/registry.ts';
import type { HostWords } from './words.ts';

/** One widget of the registry, loaded when this island wakes. */
export default function WidgetHost({ id, words: say }: { id: string; words: HostWords }) {
  const [Loaded, setLoaded] = useState<ComponentType | null>(null);
  const [error, setError] = useState('');
  const load = () =>
    registry[id].load().then(
      (module) => {
        setError('');
        setLoaded(() => module.default);
        return true;
      },
      () => {
        setError(say.notFetched);
        return false;
      },
    );
  useEffect(() => {
    load();
  }, [id]);
  if (error)
    return (
      <div class="error missing" role="alert">
        <p>{error}</p>
        <TryAgain retry={load} />
      </div>
    );
  if (Loaded) return <Loaded />;
  // Links to the widget lead here until it stands itself.
  return (
    <p class="note waiting" data-place={id}>
      {registry[id].title} …
    </p>
  );
}
