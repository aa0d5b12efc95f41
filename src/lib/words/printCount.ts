import { type Language, TAGS } from './languages.ts';

/** A whole number as the language groups its digits: 60,000. */
export const printCount = (n: number, language: Language): string =>
  n.toLocaleString(TAGS[language]);
