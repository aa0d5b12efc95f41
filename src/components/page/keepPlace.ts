/**
 * A link to a place leads there: what wakes above it (widgets, fonts, pictures) may not push it away. The target is held
 * at the top of the window until the reader moves.
 */
const READER = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const;
/** A smooth scroll has ended when the window stood still for this long, in ms. */
const STILL = 150;

/** The place that an address names; a widget that is not there yet is stood for by its host. */
function placeOf(hash: string): HTMLElement | null {
  let id = hash.slice(1);
  try {
    id = decodeURIComponent(id);
  } catch {
    // No percent-encoding: taken as it stands.
  }
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
  let lastY = scrollY;
  const page = document.documentElement;
  const correct = () => {
    // Looked up anew: a widget that wakes may put an element of its own in its place.
    const place = placeOf(hash);
    if (onTheWay || !place) return;
    for (let fold = place.closest('details:not([open])'); fold; ) {
      (fold as HTMLDetailsElement).open = true;
      fold = fold.parentElement?.closest('details:not([open])') ?? null;
    }
    place.scrollIntoView({ block: 'start', behavior: 'instant' });
    lastY = scrollY;
  };
  const arrive = () => {
    onTheWay = false;
    correct();
  };
  const scrolled = () => {
    if (onTheWay) {
      clearTimeout(timer);
      timer = window.setTimeout(arrive, STILL);
      return;
    }
    // A page that got shorter stops at its end; every other move is the reader's, or a script's for them.
    const atEnd = page.scrollHeight - innerHeight - scrollY <= 1;
    if (Math.abs(scrollY - lastY) > 1 && !(atEnd && scrollY < lastY)) letGo();
    else lastY = scrollY;
  };
  // The browser's own anchoring would move the window too, by what it thinks best.
  page.style.overflowAnchor = 'none';
  const layout = new ResizeObserver(correct);
  layout.observe(document.body);
  letGo = () => {
    clearTimeout(timer);
    page.style.removeProperty('overflow-anchor');
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
