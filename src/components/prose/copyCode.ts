import { tellCopied } from '../page/tellCopied.ts';

let listens = false;

/** Buttons below quoted code copy it. Once for a page, however many pieces of code it has. */
export function copyCodeOnPress(): void {
  if (listens) return;
  listens = true;
  document.addEventListener('click', (event) => {
    const button = (event.target as Element).closest?.<HTMLButtonElement>('.copy-code');
    const code = button?.closest('.code')?.querySelector('pre')?.textContent;
    if (button && code) tellCopied(button, `${code.trimEnd()}\n`);
  });
}
