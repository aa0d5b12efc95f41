/** Which widget of the gallery an address speaks of: settings have names that begin with the widget's, or a word of it. */
export function speaksOf(
  id: string,
  ids: readonly string[],
  { search, hash }: Pick<URL, 'search' | 'hash'>,
) {
  if (hash === `#${id}`) return true;
  return [...new URLSearchParams(search).keys()].some((name) => {
    const [widget, setting] = name.split('.');
    if (setting === undefined) return false;
    // exact.data is the widget `exact`, not a word of `learned-vs-exact`.
    return widget === id || (!ids.includes(widget) && id.split('-').includes(widget));
  });
}
