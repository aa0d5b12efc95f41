import { useEffect, useState } from 'preact/hooks';

/** Whether the reader wants no motion: then moments stand side by side in place of playing. False on the server. */
export function useStill(): boolean {
  const [still, set] = useState(false);
  useEffect(() => {
    const wish = matchMedia('(prefers-reduced-motion: reduce)');
    const update = () => set(wish.matches);
    update();
    wish.addEventListener('change', update);
    return () => wish.removeEventListener('change', update);
  }, []);
  return still;
}
