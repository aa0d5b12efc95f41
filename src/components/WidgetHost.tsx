import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { TryAgain } from './controls/TryAgain.tsx';
import { registry } from './widgets/registry.ts';

/** One widget of the registry, loaded when this island wakes. */
export default function WidgetHost({ id }: { id: string }) {
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
        setError('This widget could not be fetched. Check the connection.');
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
