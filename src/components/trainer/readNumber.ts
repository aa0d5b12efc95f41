/** The number that a reader typed, with a point or a comma; NaN where it is none. */
export function readNumber(text: string): number {
  const typed = text.trim().replace(',', '.');
  return typed === '' ? Number.NaN : Number(typed);
}
