/** The search of the book over the page that is being read. */
import { pageWords } from '../page/pageWords.ts';
import { startSearch } from './pagefind.ts';
import { slashIsOn, switchSlash } from './slashKey.ts';
import './searchDialog.css';

let dialog: HTMLDialogElement | null = null;

/** "The key / opens this search", and whether it does. */
function slashSwitch(text: string): HTMLElement {
  const label = document.createElement('label');
  label.className = 'check';
  const box = document.createElement('input');
  box.type = 'checkbox';
  box.checked = slashIsOn();
  box.addEventListener('change', () => switchSlash(box.checked));
  label.append(box, text);
  return label;
}

export function openSearch(): void {
  if (dialog) {
    dialog.showModal();
    dialog.querySelector<HTMLElement>('#search input')?.focus();
    return;
  }
  const say = pageWords();
  const made = document.createElement('dialog');
  dialog = made;
  made.className = 'search-dialog';
  made.setAttribute('aria-label', say.searchBook);
  const close = document.createElement('button');
  close.type = 'button';
  close.className = 'icon-button';
  close.textContent = '×';
  close.setAttribute('aria-label', say.close);
  close.addEventListener('click', () => made.close());
  const host = document.createElement('div');
  host.id = 'search';
  const page = document.querySelector<HTMLAnchorElement>('a[data-search]')?.href ?? location.href;
  made.append(close, host, slashSwitch(say.slash));
  made.addEventListener('click', (event) => {
    // A press beside it, or on a result that is on this very page.
    if (event.target === made || (event.target as Element).closest('a')) made.close();
  });
  document.body.append(made);
  made.showModal();
  startSearch(host, new URL('../pagefind/', page).href, say.searchBook);
}
