import { useEffect, useState } from 'preact/hooks';

/** False in the server's HTML and until the page's own code listens: buttons stay disabled so that no press is lost. */
export function useHydrated(): boolean {
  const [on, setOn] = useState(false);
  useEffect(() => setOn(true), []);
  return on;
}
