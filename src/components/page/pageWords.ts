import type { PageWords } from '../../lib/words/ui.ts';

/** The page's words, in its language: the layout wrote them on the body, so that no script carries two languages. */
export const pageWords = (): PageWords => JSON.parse(document.body.dataset.words ?? '{}');

/** `{name}` becomes the value of that name. */
export const filled = (text: string, values: Record<string, string | number>): string =>
  text.replace(/\{(\w+)\}/g, (all, name) => String(values[name] ?? all));
