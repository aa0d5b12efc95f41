/**
 * What this browser remembers of a reader's way through the book, in one record of localStorage. What stands there may be
 * anything (an older edition's, cut off, edited): what cannot be read counts as not there, and where nothing can be kept
 * nothing is. Chapters go by their name in the address, `markov-chain`, in every language.
 */
export const KEY = 'from-noise.progress';

/** Where the reader was last: a section of a chapter, with its title as it was shown. */
export interface Place {
  chapter: string;
  /** Id of its heading; '' before the first. */
  section: string;
  title: string;
}
export interface Progress {
  /** Chapters that were read to their end. */
  read: string[];
  place?: Place;
  /** How questions were answered, in a word of their own: by chapter, by the id of the question. */
  answered: Record<string, Record<string, string>>;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isPlace = (value: unknown): value is Place =>
  isRecord(value) && [value.chapter, value.section, value.title].every(isText);

/** The entries of a record that pass, however much of it is broken. */
const kept = <T>(value: unknown, read: (one: unknown) => T | undefined): Record<string, T> =>
  Object.fromEntries(
    (isRecord(value) ? Object.entries(value) : []).flatMap(([name, one]) => {
      const good = read(one);
      return good === undefined ? [] : [[name, good]];
    }),
  );

export function readProgress(): Progress {
  let found: unknown;
  try {
    found = JSON.parse(localStorage.getItem(KEY) ?? 'null');
  } catch {
    // Not kept, or not JSON.
  }
  const { read, place, answered } = isRecord(found) ? found : {};
  return {
    read: Array.isArray(read) ? [...new Set(read.filter(isText))] : [],
    ...(isPlace(place) ? { place } : {}),
    answered: kept(answered, (all) => kept(all, (one) => (isText(one) ? one : undefined))),
  };
}

/** Read anew before each change: another window may have written meanwhile. */
function change(edit: (progress: Progress) => void): void {
  const progress = readProgress();
  edit(progress);
  try {
    localStorage.setItem(KEY, JSON.stringify(progress));
  } catch {
    // Full or forbidden: the book works without.
  }
}

export const markRead = (chapter: string): void =>
  change(({ read }) => {
    if (!read.includes(chapter)) read.push(chapter);
  });

export const keepPlaceOf = (place: Place): void =>
  change((progress) => {
    progress.place = place;
  });

/** How a question was answered, if it was. */
export const answerOf = (chapter: string, question: string): string | undefined =>
  readProgress().answered[chapter]?.[question];

export const keepAnswer = (chapter: string, question: string, how: string): void =>
  change(({ answered }) => {
    answered[chapter] = { ...answered[chapter], [question]: how };
  });

/** Marks and place are forgotten; answers stay, for they stand in the chapters. */
export const forgetMarks = (): void =>
  change((progress) => {
    progress.read = [];
    delete progress.place;
  });

/** The chapter that this page is; '' elsewhere. */
export const chapterHere = (): string =>
  document.querySelector<HTMLElement>('article[data-chapter]')?.dataset.chapter ?? '';
