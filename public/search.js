// Starts Pagefind's interface on the search page; without an index (in development) it says so.
const host = document.getElementById('search');
if (window.PagefindUI) {
  host.replaceChildren();
  new PagefindUI({ element: '#search', bundlePath: host.dataset.bundle, showImages: false, showSubResults: true, autofocus: true });
  // Its own label is a tooltip only.
  host.querySelector('input')?.setAttribute('aria-label', 'Search the book');
} else {
  host.textContent = 'The search index is made by "npm run build"; it is not here yet.';
}
