import { useEffect, useRef, useState } from 'preact/hooks';

/** How long a button says what it has done, ms. */
const MOMENT = 1500;

/** Something to say for a moment: null before and after. */
export function useMoment<T>(): [now: T | null, say: (what: T) => void] {
  const [now, set] = useState<T | null>(null);
  const timer = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);
  const say = (what: T) => {
    clearTimeout(timer.current);
    set(() => what);
    timer.current = window.setTimeout(() => set(null), MOMENT);
  };
  return [now, say];
}
