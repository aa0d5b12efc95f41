import type { ComponentType, FunctionComponent } from 'preact';
import { LanguageContext, type Spoken } from './context.ts';
import type { WordsOf } from './withWords.tsx';

/** A component that takes words is given them; one that has none of its own yet is not. */
type Own<P> = P extends { words: unknown } ? [words: WordsOf<P>] : [];

/** As `withWords`, for an island whose shared controls speak too, and whose numbers and dates follow the language. */
export const speaking =
  (spoken: Spoken) =>
  <P extends object>(
    Island: ComponentType<P>,
    ...[words]: Own<P>
  ): FunctionComponent<Omit<P, 'words'>> => {
    const Speaking: FunctionComponent<Omit<P, 'words'>> = (props) => (
      <LanguageContext.Provider value={spoken}>
        <Island {...(props as P)} words={words} />
      </LanguageContext.Provider>
    );
    // Astro writes an island's name into the page.
    return Object.defineProperty(Speaking, 'name', { value: Island.name });
  };
