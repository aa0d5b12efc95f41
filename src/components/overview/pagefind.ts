/** Pagefind's own interface, made by the build (not by `npm run dev`), in an element with the id `search`. */

interface PagefindUI {
  triggerSearch(term: string): void;
}
declare global {
  interface Window {
    PagefindUI?: new (options: Record<string, unknown>) => PagefindUI;
  }
}

/** What could not be fetched is said in its place by public/missing.js. */
const loaded = (element: HTMLScriptElement | HTMLLinkElement): Promise<void> =>
  new Promise((done, failed) => {
    element.addEventListener('load', () => done());
    element.addEventListener('error', () => failed(new Error('Pagefind is not there')));
    document.head.append(element);
  });

/**
 * @param bundle address of the folder that the build made.
 * @param onTerm told what is searched for.
 * @returns whether it is there.
 */
export async function startSearch(
  host: HTMLElement,
  bundle: string,
  label: string,
  onTerm?: (term: string) => void,
): Promise<PagefindUI | undefined> {
  const style = document.createElement('link');
  Object.assign(style, { rel: 'stylesheet', href: `${bundle}pagefind-ui.css` });
  const script = document.createElement('script');
  script.src = `${bundle}pagefind-ui.js`;
  try {
    await Promise.all([loaded(style), loaded(script)]);
  } catch {
    return undefined;
  }
  if (!window.PagefindUI) return undefined;
  host.replaceChildren();
  const search = new window.PagefindUI({
    element: `#${host.id}`,
    bundlePath: bundle,
    showImages: false,
    showSubResults: true,
    autofocus: true,
    // A word that no page has stands for those that begin as it does: Pagefind cuts it short until some do.
    translations: {
      zero_results: 'Nothing in the book begins as “[SEARCH_TERM]” does',
      one_result: '1 page with “[SEARCH_TERM]”, or with words that begin like it',
      many_results: '[COUNT] pages with “[SEARCH_TERM]”, or with words that begin like it',
    },
    processTerm(term: string) {
      onTerm?.(term);
      return term;
    },
  });
  // Its own label is a tooltip only.
  host.querySelector('input')?.setAttribute('aria-label', label);
  return search;
}
