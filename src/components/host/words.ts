export const en = {
  notFetched: 'This widget could not be fetched. Check the connection.',
  start: 'Start',
  startOf: (title: string) => `Start: ${title}`,
  putAway: 'Put away',
  alone: 'On a page of its own',
  aloneOf: (title: string) => `${title}: on a page of its own`,
  /** The way from a widget alone to its place in the book. */
  back: (chapter: string) => `From Noise: ${chapter}`,
  fullScreen: 'Full screen',
  embed: 'Embed',
  code: 'Code for another page: the widget as it stands now',
  copy: 'Copy',
  copied: 'Copied',
  close: 'Close',
};
export type HostWords = typeof en;
