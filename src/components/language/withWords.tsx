import type { ComponentType, FunctionComponent } from 'preact';

/** The words that a component takes. */
export type WordsOf<P> = P extends { words: infer W } ? W : never;

/**
 * A component with its words of one language: the default export of an entry (`predict/en.ts`) whose component uses no shared
 * control that speaks. A page loads the entries of its own language alone, so that no reader fetches words of another.
 */
export function withWords<P extends object>(
  Island: ComponentType<P>,
  words: WordsOf<P>,
): FunctionComponent<Omit<P, 'words'>> {
  const Spoken: FunctionComponent<Omit<P, 'words'>> = (props) => (
    <Island {...(props as P)} words={words} />
  );
  // Astro writes an island's name into the page.
  return Object.defineProperty(Spoken, 'name', { value: Island.name });
}
