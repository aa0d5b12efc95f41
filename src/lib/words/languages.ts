/** The editions of the book. English stands at the root of the site, every other one below its own name. */
export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

/** As pages, numbers and dates name it (BCP 47). */
export const TAGS: Record<Language, string> = { en: 'en', zh: 'zh-CN' };

/** Editions that lack chapters: their pages stand, and no contents, search index or sitemap leads to them. */
export const UNFINISHED: readonly Language[] = ['zh'];

/** The language that Astro names for a page (`Astro.currentLocale`), English for none. */
export const languageOf = (locale: string | undefined): Language =>
  LANGUAGES.find((language) => language === locale) ?? 'en';

/** The language of a chapter's file, `content/zh/…`; English for any other. */
export const languageOfFile = (path = ''): Language =>
  languageOf(/content[\\/](\w+)[\\/]/.exec(path)?.[1]);
