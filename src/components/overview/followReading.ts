/**
 * While a chapter is read: the line under the bar grows, the section at the reading line is marked in the contents, the place
 * is remembered, and a chapter counts as read whose end came on screen after at least half of its sections.
 */
import { keepPlaceOf, markRead, readProgress } from '../page/progress.ts';

/** A section is being read from when its heading has come up to here, as a share of the window. */
const READING_LINE = 0.35;

/** A section that stands at the reading line for less is passed by, ms. */
const STAY = 1500;

const isKept =
  (id: string) =>
  ({ link }: { link: HTMLAnchorElement }) =>
    decodeURIComponent(link.hash.slice(1)) === id;

export function followReading(article: HTMLElement): void {
  const chapter = article.dataset.chapter ?? '';
  const nav = document.getElementById('on-this-page');
  const line = document.querySelector<HTMLElement>('.reading');
  const links = [...(nav?.querySelectorAll<HTMLAnchorElement>('li a') ?? [])];
  const sections = links.flatMap((link) => {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    return heading ? [{ link, heading }] : [];
  });
  let current: (typeof sections)[number] | undefined;
  let stay: ReturnType<typeof setTimeout> | undefined;

  /** How many sections were read: those up to the place that was kept, and each that came to the line since. */
  const kept = readProgress().place;
  const seen = new Set(
    sections
      .slice(0, kept?.chapter === chapter ? 1 + sections.findIndex(isKept(kept.section)) : 0)
      .map(({ heading }) => heading),
  );
  const mark = () => {
    const { top, height } = article.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, -top / Math.max(1, height - innerHeight)));
    if (line) line.style.transform = `scaleX(${share})`;
    const from = READING_LINE * innerHeight;
    const now = sections.findLast(({ heading }) => heading.getBoundingClientRect().top <= from);
    if (now === current) return;
    current?.link.removeAttribute('aria-current');
    now?.link.setAttribute('aria-current', 'true');
    current = now;
    clearTimeout(stay);
    // What a jump flies past is not read.
    if (now) stay = setTimeout(() => seen.add(now.heading), STAY);
    if (nav && now) {
      // Its own scrolling only: the page stays where it is.
      const place = now.link.offsetTop - nav.offsetTop;
      if (place < nav.scrollTop || place > nav.scrollTop + nav.clientHeight - 60)
        nav.scrollTop = place - nav.clientHeight / 2;
    }
    // What is only looked up does not move the place in the book.
    if ('lookup' in article.dataset) return;
    keepPlaceOf({
      chapter,
      section: now ? decodeURIComponent(now.link.hash.slice(1)) : '',
      title: now?.link.textContent ?? document.querySelector('h1')?.textContent ?? '',
    });
  };
  let asked = false;
  const scrolled = () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      mark();
    });
  };
  addEventListener('scroll', scrolled, { passive: true });
  addEventListener('resize', scrolled, { passive: true });
  mark();

  const end = article.querySelector('.pager');
  if (end)
    new IntersectionObserver(([{ isIntersecting }], observer) => {
      // Who jumped to the references has not read what is before them.
      if (!isIntersecting || scrollY === 0 || 2 * seen.size < sections.length) return;
      markRead(chapter);
      observer.disconnect();
    }).observe(end);

  nav?.addEventListener('click', (event) => {
    if ((event.target as Element).closest('a') && nav.matches(':popover-open')) nav.hidePopover();
  });
}
