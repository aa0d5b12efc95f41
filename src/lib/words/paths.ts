import type { Language } from './languages.ts';

/** Absolute path inside the site, whatever base path it is served under. `to` has no leading slash. */
export function href(to = '', language: Language = 'en'): string {
  const base = (import.meta.env.BASE_URL ?? '/').replace(/\/?$/, '/');
  return base + (language === 'en' ? '' : `${language}/`) + to;
}

/** `en/02-markov-chain` -> { language: 'en', number: 2, slug: 'markov-chain' } */
export function chapterId(id: string): { language: Language; number: number; slug: string } {
  const match = /^(en|zh)\/(\d+)-(.+)$/.exec(id);
  if (!match) throw new Error(`"${id}" is no chapter id: expected en/NN-name or zh/NN-name`);
  return { language: match[1] as Language, number: Number(match[2]), slug: match[3] };
}
