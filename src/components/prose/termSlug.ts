/** A word of the glossary in ids: term-… on the map, meaning-… where it is used. */
export const termSlug = (term: string): string => term.toLowerCase().replace(/[^a-z]+/g, '-');
