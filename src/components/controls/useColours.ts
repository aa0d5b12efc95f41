import { useEffect, useState } from 'preact/hooks';

/** Colours of the theme as a canvas takes them: "rgb(29, 95, 191)". */
export type Colours = Record<'q' | 'p' | 'exact' | 'warn' | 'noise' | 'ink' | 'muted', string>;

const NAMES = ['q', 'p', 'exact', 'warn', 'noise', 'ink', 'muted'] as const;

/** What the variables stand for here: a canvas knows neither them nor light-dark(). */
function read(): Colours {
  const probe = document.createElement('i');
  // A colour that is on its way to another one would be read as the first.
  probe.style.setProperty('transition', 'none', 'important');
  document.body.append(probe);
  const found = NAMES.map((name) => {
    probe.style.color = `var(--${name})`;
    return [name, getComputedStyle(probe).color];
  });
  probe.remove();
  return Object.fromEntries(found);
}

/** Red, green, blue of such a colour, 0 … 255. */
export const channels = (colour: string): number[] => (colour.match(/[\d.]+/g) ?? []).map(Number);

/** The theme's colours, anew when the reader or the system changes the theme; null on the server. */
export function useColours(): Colours | null {
  const [colours, set] = useState<Colours | null>(null);
  useEffect(() => {
    const update = () => set(read());
    update();
    const dark = matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', update);
    const watch = new MutationObserver(update);
    watch.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => {
      dark.removeEventListener('change', update);
      watch.disconnect();
    };
  }, []);
  return colours;
}
