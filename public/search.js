// Starts Pagefind's interface on the search page; without an index (in development) it says so.
const host = document.getElementById('search');
if (window.PagefindUI) {
  host.replaceChildren();
  const asked = new URLSearchParams(location.search).get('q') ?? '';
  const search = new PagefindUI({
    element: '#search',
    bundlePath: host.dataset.bundle,
    showImages: false,
    showSubResults: true,
    autofocus: true,
    // A word that no page has stands for those that begin as it does: Pagefind cuts it short until some do.
    translations: {
      zero_results: 'Nothing in the book begins as “[SEARCH_TERM]” does',
      one_result: '1 page with “[SEARCH_TERM]”, or with words that begin like it',
      many_results: '[COUNT] pages with “[SEARCH_TERM]”, or with words that begin like it',
    },
    // What is searched stands in the address: a result page can be linked.
    processTerm(term) {
      const url = new URL(location.href);
      url.searchParams.set('q', term);
      history.replaceState(null, '', url);
      return term;
    },
  });
  // Its own label is a tooltip only.
  host.querySelector('input')?.setAttribute('aria-label', 'Search the book');
  if (asked) search.triggerSearch(asked);
} else if (!host.querySelector('[role=alert]')) {
  host.textContent = 'The search index is made by "npm run build"; it is not here yet.';
}
