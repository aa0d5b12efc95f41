/** Puts a text on the clipboard, and lets the pressed button say so for a moment. */
export async function tellCopied(button: HTMLButtonElement, text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Not allowed: nothing was copied, and nothing is said.
    return;
  }
  const { copied = '' } = button.dataset;
  if (!copied || button.textContent === copied) return;
  const said = button.textContent;
  button.textContent = copied;
  setTimeout(() => {
    button.textContent = said;
  }, 1500);
}
