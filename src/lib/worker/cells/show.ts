/** How a value reads in a cell's output: numbers to 8 digits, arrays shortened. */
export function show(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(Number(value.toPrecision(8)));
  if (ArrayBuffer.isView(value) || Array.isArray(value)) {
    const items = Array.from(value as ArrayLike<unknown>);
    const head = items.slice(0, 12).map(show).join(', ');
    return `[${head}${items.length > 12 ? `, … ${items.length} in all` : ''}]`;
  }
  if (value && typeof value === 'object') {
    return `{ ${Object.entries(value)
      .map(([key, item]) => `${key}: ${show(item)}`)
      .join(', ')} }`;
  }
  return String(value);
}
