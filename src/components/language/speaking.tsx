import type { ComponentType, FunctionComponent } from 'preact';
import { LanguageContext, type Spoken } from './context.ts';

/** A component that takes its words, or one that has none of its own yet. */
type Own<P> = P extends { words: infer W } ? [words: W] : [];

/**
 * What an entry of one language is made with. A page loads the entries of its own language alone, so that no reader fetches
 * words of another; pages of both languages share everything else.
 */
export const speaking =
  (spoken: Spoken) =>
  <P extends object>(
    Island: ComponentType<P>,
    ...[words]: Own<P>
  ): FunctionComponent<Omit<P, 'words'>> =>
  (props) => (
    <LanguageContext.Provider value={spoken}>
      <Island {...(props as P)} words={words} />
    </LanguageContext.Provider>
  );
