import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { registry } from './widgets/registry.ts';

/** One widget of the registry, loaded when this island wakes. */
export default function WidgetHost({ id }: { id: string }) {
  const [Loaded, setLoaded] = useState<ComponentType | null>(null);
  const [error, setError] = useState('');
  const load = () => {
    setError('');
    registry[id]
      .load()
      .then((module) => setLoaded(() => module.default))
      .catch(() => setError('This widget could not be fetched. Check the connection.'));
  };
  useEffect(load, [id]);
  if (error)
    return (
      <div class="error missing" role="alert">
        <p>{error}</p>
        <button type="button" class="button small" onClick={load}>
          Try again
        </button>
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
