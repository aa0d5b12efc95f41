// Before the first paint: the reader's theme, what a teacher asked to hide (?hide=controls,caption,tools,title), and what
// is chosen in prose (components/prose/saw.ts, codeLanguage.ts).
(() => {
  const root = document.documentElement;
  const read = () => {
    try {
      const theme = new URLSearchParams(location.search).get('theme') || localStorage.getItem('theme');
      if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
    } catch {}
  };
  read();
  try {
    root.toggleAttribute('data-saw', localStorage.getItem('from-noise.saw') === 'open');
    if (localStorage.getItem('from-noise.code') === 'numpy') root.dataset.code = 'numpy';
  } catch {}
  const hide = new URLSearchParams(location.search).get('hide');
  if (hide) root.dataset.hide = hide.replace(/[^a-z]+/gi, ' ');
  addEventListener('DOMContentLoaded', () => {
    const button = document.getElementById('theme');
    if (!button) return;
    const dark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches);
    const label = () => button.setAttribute('aria-label', dark() ? button.dataset.light : button.dataset.dark);
    label();
    // Chosen meanwhile in another tab, or before the reader came back to this page.
    const follow = () => {
      const before = root.dataset.theme;
      read();
      label();
      if (root.dataset.theme !== before) dispatchEvent(new Event('themechange'));
    };
    addEventListener('storage', ({ key }) => key === 'theme' && follow());
    addEventListener('pageshow', ({ persisted }) => persisted && follow());
    button.addEventListener('click', () => {
      root.dataset.theme = dark() ? 'light' : 'dark';
      try { localStorage.setItem('theme', root.dataset.theme); } catch {}
      label();
      dispatchEvent(new Event('themechange'));
    });
  });
})();
