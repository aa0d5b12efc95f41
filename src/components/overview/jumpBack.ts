/** After a jump inside the page, or from another chapter into this one: a button that leads back to where the reader was. */
import { pageWords } from '../page/pageWords.ts';

export function offerWayBack(): void {
  /** The links that were followed, the last one last. */
  const followed: HTMLAnchorElement[] = [];
  let button: HTMLButtonElement | undefined;
  const hide = () => {
    button?.remove();
    button = undefined;
  };
  const offer = () => {
    if (button) return;
    button = document.createElement('button');
    button.type = 'button';
    button.className = 'button small jump-back';
    button.textContent = `↩ ${pageWords().wayBack}`;
    button.addEventListener('click', () => {
      hide();
      history.back();
    });
    document.body.append(button);
  };

  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest?.<HTMLAnchorElement>('a[href*="#"]');
    if (!link?.hash || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey)
      return;
    const here = link.pathname === location.pathname && link.origin === location.origin;
    // The same place again is no new entry of the history; a heading's own link leads nowhere else.
    if (!here || link.hash === location.hash || link.matches('.anchor, .skip')) return;
    followed.push(link);
    offer();
  });
  addEventListener('popstate', () => {
    // The jump itself is such an event too.
    const link = followed.at(-1);
    if (!link || location.hash === link.hash) return;
    followed.pop();
    if (followed.length === 0) hide();
    if (!link.checkVisibility?.()) return;
    // What woke meanwhile may have moved it: it is looked for, not its distance from the top.
    requestAnimationFrame(() => {
      const { top, bottom } = link.getBoundingClientRect();
      if (top < 60 || bottom > innerHeight)
        link.scrollIntoView({ block: 'center', behavior: 'instant' });
      link.focus({ preventScroll: true });
    });
  });

  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const from = document.referrer && new URL(document.referrer);
  if (
    from &&
    location.hash &&
    entry?.type === 'navigate' &&
    from.origin === location.origin &&
    from.pathname !== location.pathname
  )
    offer();
}
