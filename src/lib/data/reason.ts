/** Errors without words: a code and the values that its sentence is made of, as plain data. `lib/words/errors` has the sentences. */

/** One of the codes of a record, with the values of that code. */
export type ReasonOf<Values> = {
  [Code in keyof Values]: { code: Code; values: Values[Code] };
}[keyof Values];

/** A sentence for every code: tsc asks for them all, in every language. */
export type Sentences<Values> = { [Code in keyof Values]: (values: Values[Code]) => string };

/** What a reason says in the language of `sentences`. */
export const say = <Values>(
  sentences: Sentences<Values>,
  { code, values }: ReasonOf<Values>,
): string => sentences[code](values);

/** The values of a code that says all. */
export type None = Record<never, never>;

/** What a code's values are where only a browser or a programmer has words for it, in English. */
export interface Told {
  message: string;
}

export const toldBy = (thrown: unknown): Told => ({
  message: thrown instanceof Error ? thrown.message : String(thrown),
});

/** For those who read an error outside the book's pages: its code and its values. */
export const asText = ({ code, values }: { code: string; values: unknown }): string =>
  `${code} ${JSON.stringify(values)}`;
