import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Language } from '../../lib/words/languages.ts';
import type { ControlWords } from '../controls/words.ts';

export interface Spoken {
  language: Language;
  controls: ControlWords;
}

/** The language of an island, set by its entry (`inEnglish`, `inChinese`): the same at build and in the browser. */
export const LanguageContext = createContext<Spoken | null>(null);

function useSpoken(): Spoken {
  const spoken = useContext(LanguageContext);
  if (!spoken)
    throw new Error(
      'This component has no language: an island begins with inEnglish or inChinese.',
    );
  return spoken;
}

/** What shared controls say. @throws Error outside an island's entry. */
export const useControlWords = (): ControlWords => useSpoken().controls;

/** For numbers and dates: `printCount(n, useLanguage())`. @throws Error outside an island's entry. */
export const useLanguage = (): Language => useSpoken().language;
