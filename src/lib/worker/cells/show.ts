/** Most items of a list that are written out. */
const MOST_ITEMS = 12;

/**
 * How a number reads: 8 significant digits, but never fewer than its whole part has. 2³¹ is 2147483648, not 2147483600.
 * @returns text that is the number itself wherever it is whole.
 */
export const showNumber = (value: number): string =>
  Number.isInteger(value) || Math.abs(value) >= 1e8
    ? String(value)
    : String(Number(value.toPrecision(8)));

const shorten = (items: string[], count: number) =>
  `${items.join(', ')}${count > items.length ? `, … ${count} in all` : ''}`;

/**
 * How a value reads in a cell's output: numbers by `showNumber`, lists shortened to 12 items, maps, sets, dates, errors,
 * functions and promises by what they are. A value inside itself is written "…".
 */
export function show(value: unknown, inside: readonly unknown[] = []): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return showNumber(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return `function ${value.name || '(no name)'}`;
  if (value === null || typeof value !== 'object') return String(value);
  if (inside.includes(value)) return '…';
  const within = [...inside, value];
  const each = (items: Iterable<unknown>, text: (item: unknown) => string) =>
    [...items].slice(0, MOST_ITEMS).map(text);
  if (Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))) {
    const items = Array.from(value as ArrayLike<unknown>);
    return `[${shorten(
      each(items, (item) => show(item, within)),
      items.length,
    )}]`;
  }
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (value instanceof Date)
    return Number.isNaN(value.getTime()) ? 'an invalid date' : value.toISOString();
  if (value instanceof RegExp) return String(value);
  if (value instanceof Promise) return 'a promise: write "await" before it to see its value';
  if (value instanceof Set)
    return `Set { ${shorten(
      each(value, (item) => show(item, within)),
      value.size,
    )} }`;
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  const pairs = each(
    entries,
    (pair) => `${show((pair as unknown[])[0], within)}: ${show((pair as unknown[])[1], within)}`,
  );
  const name =
    value instanceof Map ? 'Map' : Object.getPrototypeOf(value) ? value.constructor?.name : '';
  const kind = name && name !== 'Object' ? `${name} ` : '';
  return entries.length === 0 ? `${kind}{}` : `${kind}{ ${shorten(pairs, entries.length)} }`;
}
