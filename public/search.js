// Starts Pagefind's interface on the search page; without an index (in development) it says so.
const host = document.getElementById('search');
if (window.PagefindUI) {
  host.replaceChildren();
  new PagefindUI({ element: '#search', bundlePath: host.dataset.bundle, showImages: false, showSubResults: true, autofocus: true });
} else {
  host.textContent = 'The search index is made by "npm run build"; it is not here yet.';
}
