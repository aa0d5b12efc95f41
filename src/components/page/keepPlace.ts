/**
 * A link to a place leads there: what wakes above it (widgets, fonts, pictures) may not push it away. The target is held
 * at the top of the window until the reader moves.
 */
const READER = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const;
/** A smooth scroll has ended when the window stood still for this long, in ms. */
const STILL = 150;

/** The place that an address names; a widget that is not there yet is stood for by its host. */
function placeOf(hash: string): HTMLElement | null {
  const id = decodeURIComponent(hash.slice(1));
  if (!id) return null;
  return document.getElementById(id) ?? document.querySelector(`[data-place="${CSS.escape(id)}"]`);
}

let letGo = () => {};

/** Holds `place`. `moving`: the browser is on its way there; corrections wait until it has arrived. */
function hold(hash: string, moving: boolean): void {
  letGo();
  if (!placeOf(hash)) return;
  let onTheWay = moving;
  let timer = 0;
  let [lastY, lastPlace] = [scrollY, 0];
  // Looked up anew: a widget that wakes may put an element of its own in its place.
  const place = () => placeOf(hash) as HTMLElement;
  const inDocument = () => place().getBoundingClientRect().top + scrollY;
  const note = () => {
    lastY = scrollY;
    lastPlace = inDocument();
  };
  const correct = () => {
    if (onTheWay || !placeOf(hash)) return;
    for (let fold = place().closest('details:not([open])'); fold; ) {
      (fold as HTMLDetailsElement).open = true;
      fold = fold.parentElement?.closest('details:not([open])') ?? null;
    }
    place().scrollIntoView({ block: 'start', behavior: 'instant' });
    note();
  };
  const arrive = () => {
    onTheWay = false;
    correct();
  };
  const scrolled = () => {
    if (!placeOf(hash)) return;
    if (onTheWay) {
      clearTimeout(timer);
      timer = window.setTimeout(arrive, STILL);
      return;
    }
    // The browser's own scroll anchoring goes at most as far as the place went; all else is the reader, or a script of theirs.
    const moved = scrollY - lastY;
    const grown = inDocument() - lastPlace;
    const byLayout =
      Math.abs(moved) <= 1 || (moved * grown > 0 && Math.abs(moved) <= Math.abs(grown) + 1);
    if (byLayout) note();
    else letGo();
  };
  const layout = new ResizeObserver(correct);
  layout.observe(document.body);
  letGo = () => {
    clearTimeout(timer);
    layout.disconnect();
    removeEventListener('scroll', scrolled);
    for (const kind of READER) removeEventListener(kind, release);
    letGo = () => {};
  };
  const release = letGo;
  addEventListener('scroll', scrolled, { passive: true });
  for (const kind of READER) addEventListener(kind, release, { passive: true });
  if (onTheWay) timer = window.setTimeout(arrive, 2 * STILL);
  else correct();
}

export function keepPlace(): void {
  // A page that is reloaded or gone back to stands where the reader left it.
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (location.hash && entry?.type === 'navigate') hold(location.hash, false);
  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest?.<HTMLAnchorElement>('a[href*="#"]');
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const same = link.origin + link.pathname + link.search;
    if (same === location.origin + location.pathname + location.search && link.hash)
      hold(link.hash, true);
  });
}
