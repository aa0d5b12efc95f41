/** The reader's own version of a cell, kept in this browser. */
const keyOf = (name: string) => `from-noise.cell.${name}`;

export function keptCode(name: string): string | null {
  try {
    return localStorage.getItem(keyOf(name));
  } catch {
    return null;
  }
}

/** Keeps what differs from the book's version, and forgets what does not. @returns false where nothing can be kept. */
export function keepCode(name: string, code: string, book: string): boolean {
  try {
    if (code === book) localStorage.removeItem(keyOf(name));
    else localStorage.setItem(keyOf(name), code);
    return true;
  } catch {
    return false;
  }
}
