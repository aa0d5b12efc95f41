// Before the first paint: the reader's theme, and what a teacher asked to hide (?hide=controls,caption,tools,title).
(() => {
  const root = document.documentElement;
  try {
    const theme = new URLSearchParams(location.search).get('theme') || localStorage.getItem('theme');
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
  } catch {}
  const hide = new URLSearchParams(location.search).get('hide');
  if (hide) root.dataset.hide = hide.replace(/[^a-z]+/gi, ' ');
  addEventListener('DOMContentLoaded', () => {
    const button = document.getElementById('theme');
    if (!button) return;
    const dark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches);
    const label = () => button.setAttribute('aria-label', dark() ? button.dataset.light : button.dataset.dark);
    label();
    button.addEventListener('click', () => {
      root.dataset.theme = dark() ? 'light' : 'dark';
      try { localStorage.setItem('theme', root.dataset.theme); } catch {}
      label();
      dispatchEvent(new Event('themechange'));
    });
  });
})();
