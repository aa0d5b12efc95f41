/**
 * Names that come from outside (a request, a link, a file). An unknown one is never taken for another: whoever reads it
 * is told what is possible.
 */

export function isOneOf<T extends string>(value: unknown, allowed: readonly T[]): value is T {
  return typeof value === 'string' && (allowed as readonly string[]).includes(value);
}

/** Ends the sentence "expected …". */
export const expectedOneOf = (allowed: readonly (string | number)[]): string =>
  allowed.length === 1 ? String(allowed[0]) : `one of ${allowed.join(', ')}`;

/** A value from outside as a message shows it: quoted, and cut short. */
export const shown = (value: unknown): string =>
  (typeof value === 'string' || typeof value === 'object'
    ? JSON.stringify(value)
    : String(value)
  ).slice(0, 60);

/** The error for a name that is none: what is possible, and what was found. */
export const unknownName = (
  what: string,
  value: unknown,
  allowed: readonly (string | number)[],
): RangeError =>
  new RangeError(
    `${what}: expected ${expectedOneOf(allowed)}; found ${shown(value)}. Choose one of them.`,
  );

// #region oneOf
/**
 * The value as one of the allowed names.
 * @param what says what is named, at the head of the message: "Sampler".
 * @throws RangeError that lists what is possible and what was found.
 */
export function oneOf<T extends string>(what: string, value: unknown, allowed: readonly T[]): T {
  if (isOneOf(value, allowed)) return value;
  throw unknownName(what, value, allowed);
}
// #endregion
