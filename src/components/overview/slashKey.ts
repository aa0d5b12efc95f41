/** Whether / opens the search: not everybody wants a single key to do something. Kept in this browser. */
const OFF = 'from-noise.no-slash';

export function slashIsOn(): boolean {
  try {
    return localStorage.getItem(OFF) === null;
  } catch {
    return true;
  }
}

export function switchSlash(on: boolean): void {
  try {
    if (on) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, '1');
  } catch {
    // Not kept: it stays as it was.
  }
}
