/** As public/theme.js reads it, before the page is drawn. */
const KEY = 'from-noise.code';

/** Buttons that choose in which language the code of formulas is shown; all follow, and the choice is kept. */
export function chooseCodeLanguage(page: Document): void {
  const root = page.documentElement;
  const buttons = [...page.querySelectorAll<HTMLButtonElement>('[data-choose]')];
  const show = () => {
    for (const button of buttons) {
      const chosen = (root.dataset.code ?? 'typescript') === button.dataset.choose;
      button.setAttribute('aria-pressed', String(chosen));
    }
  };
  for (const button of buttons)
    button.addEventListener('click', () => {
      root.dataset.code = button.dataset.choose;
      try {
        localStorage.setItem(KEY, root.dataset.code ?? '');
      } catch {
        // Forbidden: it holds for this page.
      }
      show();
    });
  show();
}
