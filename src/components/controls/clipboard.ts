/** Whether the text is on the clipboard now: a page without its permission, or without a secure address, has none. */
export async function putOnClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
