/** Search from anywhere: by /, by Ctrl K or ⌘ K, by any link to the search page. The dialog is loaded when it is first asked for. */
import { isTyping } from '../page/isTyping.ts';
import { slashIsOn } from './slashKey.ts';

export function searchOnKey(): void {
  const open = async () => {
    const field = document.querySelector<HTMLElement>('main #search input');
    // On the search page itself it stands there already.
    if (field) field.focus();
    else (await import('./searchDialog.ts')).openSearch();
  };
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.altKey || event.repeat || event.isComposing) return;
    if (isTyping(event.target)) return;
    const control = event.ctrlKey || event.metaKey;
    const asked = control ? event.key.toLowerCase() === 'k' : event.key === '/' && slashIsOn();
    if (!asked) return;
    event.preventDefault();
    open();
  });
  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest?.('a[data-search]');
    if (
      !link ||
      event.ctrlKey ||
      event.metaKey ||
      event.shiftKey ||
      document.querySelector('main #search')
    )
      return;
    event.preventDefault();
    open();
  });
}
