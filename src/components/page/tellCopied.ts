import { putOnClipboard } from '../controls/clipboard.ts';

/** Puts a text on the clipboard, and lets the pressed button say so for a moment. */
export async function tellCopied(button: HTMLButtonElement, text: string): Promise<void> {
  // Not allowed: nothing was copied, and nothing is said.
  if (!(await putOnClipboard(text))) return;
  const { copied = '' } = button.dataset;
  if (!copied || button.textContent === copied) return;
  const said = button.textContent;
  button.textContent = copied;
  setTimeout(() => {
    button.textContent = said;
  }, 1500);
}
