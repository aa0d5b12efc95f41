/** A card and what stands in it: taken from this page, or from the page that the link leads to. */
import { pageWords } from '../page/pageWords.ts';
import './card.css';

const pages = new Map<string, Promise<Document | null>>();

function pageOf(link: HTMLAnchorElement): Promise<Document | null> {
  if (link.pathname === location.pathname) return Promise.resolve(document);
  const address = link.origin + link.pathname;
  if (link.origin !== location.origin) return Promise.resolve(null);
  const known = pages.get(address);
  if (known) return known;
  const page = fetch(address)
    .then(async (response) =>
      response.ok ? new DOMParser().parseFromString(await response.text(), 'text/html') : null,
    )
    // Without a connection there is no card; the link stays.
    .catch(() => {
      pages.delete(address);
      return null;
    });
  pages.set(address, page);
  return page;
}

/** What of the place is worth a card. */
function partsOf(place: Element): Element[] {
  if (place.matches('.correction')) {
    const said = document.createElement('p');
    said.className = 'card-said';
    said.append(...(place.querySelector('.switch span')?.cloneNode(true).childNodes ?? []));
    return [said, ...(place.querySelector('.right')?.children ?? [])];
  }
  const equation = place.matches('.equation') ? place : place.querySelector('.equation');
  if (equation) return [equation];
  return place.matches('.csl-entry') ? [place] : [...place.children];
}

/** A copy that stands for itself: no id twice, nothing to press, links that lead where they led. */
function copied(part: Element, base: string): Element {
  const copy = part.cloneNode(true) as Element;
  for (const gone of copy.querySelectorAll('script, astro-island, [popover], .symbols, a.anchor'))
    gone.remove();
  for (const word of copy.querySelectorAll('.term-word'))
    word.replaceWith(document.createTextNode(word.textContent ?? ''));
  for (const one of [copy, ...copy.querySelectorAll('[id], [tabindex]')])
    for (const name of ['id', 'tabindex', 'role', 'aria-label']) one.removeAttribute(name);
  for (const link of copy.querySelectorAll('a'))
    link.setAttribute('href', new URL(link.getAttribute('href') ?? '', base).href);
  return copy;
}

async function contentOf(link: HTMLAnchorElement): Promise<Element[]> {
  const place = (await pageOf(link))?.getElementById(decodeURIComponent(link.hash.slice(1)));
  return place ? partsOf(place).map((part) => copied(part, link.href)) : [];
}

/** Beside what it explains, inside the window: below it, or above where there is more room. */
function put(card: HTMLElement, trigger: HTMLElement): void {
  const [edge, gap] = [8, 6];
  // A link that breaks over two lines: beside its first one.
  const at = trigger.getClientRects()[0] ?? trigger.getBoundingClientRect();
  const { width, height } = card.getBoundingClientRect();
  const left = Math.max(
    edge,
    Math.min(at.left, document.documentElement.clientWidth - width - edge),
  );
  const below = at.bottom + gap + height <= innerHeight - edge || at.top < innerHeight - at.bottom;
  const top = below ? at.bottom + gap : Math.max(edge, at.top - gap - height);
  card.style.cssText = `position: fixed; inset: auto; margin: 0; position-area: none; left: ${left}px; top: ${top}px`;
}

let own: HTMLElement | null = null;
let opened: HTMLElement | null = null;

export function closeCard(): void {
  if (opened?.matches(':popover-open')) opened.hidePopover();
}

/** Opens the card of a link, or the meaning of a word; undefined where there is nothing to show, or it is not `wanted` by then. */
export async function openCard(
  trigger: HTMLElement,
  wanted: () => boolean,
  onClose: () => void,
): Promise<HTMLElement | undefined> {
  let card: HTMLElement | null;
  if (trigger instanceof HTMLAnchorElement) {
    const parts = await contentOf(trigger);
    if (parts.length === 0 || !wanted()) return undefined;
    closeCard();
    own ??= document.body.appendChild(
      Object.assign(document.createElement('div'), {
        className: 'card',
        id: 'card',
        popover: 'auto',
      }),
    );
    const go = document.createElement('a');
    go.className = 'card-go';
    go.href = trigger.href;
    go.textContent = pageWords().goThere;
    own.replaceChildren(...parts, go);
    trigger.setAttribute('aria-describedby', own.id);
    card = own;
  } else {
    closeCard();
    card = document.getElementById(trigger.getAttribute('popovertarget') ?? '');
  }
  if (!card) return undefined;
  const now = card;
  if (!now.matches(':popover-open')) now.showPopover();
  put(now, trigger);
  opened = now;
  // The page may still be on its way to what the focus has reached.
  const follow = () => {
    const { top, bottom } = trigger.getBoundingClientRect();
    if (bottom < 0 || top > innerHeight) closeCard();
    else put(now, trigger);
  };
  addEventListener('scroll', follow, { passive: true });
  now.addEventListener('toggle', function closed(event) {
    if ((event as ToggleEvent).newState !== 'closed') return;
    now.removeEventListener('toggle', closed);
    removeEventListener('scroll', follow);
    trigger.removeAttribute('aria-describedby');
    if (opened === now) opened = null;
    // Its own styles place it when it is opened by its word.
    if (now !== own) now.removeAttribute('style');
    onClose();
  });
  return now;
}
