import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { registry } from './widgets/registry.ts';

/** One widget of the registry, loaded when this island wakes. */
export default function WidgetHost({ id }: { id: string }) {
  const [Loaded, setLoaded] = useState<ComponentType | null>(null);
  const [error, setError] = useState('');
  useEffect(() => {
    registry[id]
      .load()
      .then((module) => setLoaded(() => module.default))
      .catch(() => setError('This widget did not load. Check the connection and reload the page.'));
  }, [id]);
  if (error)
    return (
      <p class="error" role="alert">
        {error}
      </p>
    );
  if (Loaded) return <Loaded />;
  // Links to the widget lead here until it stands itself.
  return (
    <p class="note waiting" data-place={id}>
      {registry[id].title} …
    </p>
  );
}
