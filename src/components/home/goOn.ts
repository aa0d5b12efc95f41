import type { Progress } from '../page/progress.ts';

export interface Listed {
  slug: string;
  number: number;
  title: string;
}
export interface GoOn extends Listed {
  /** Id of the heading to go to; '' for the chapter's start. */
  section: string;
  /** It is the next chapter, not the place itself. */
  next: boolean;
}

/**
 * Where reading goes on: at the last place; where that chapter was read to its end, with the first one after it that was not.
 * Undefined for a new reader, and for one who has read all.
 */
export function goOnFrom({ place, read }: Progress, chapters: readonly Listed[]): GoOn | undefined {
  const at = chapters.findIndex(({ slug }) => slug === place?.chapter);
  if (!place || at < 0) return undefined;
  if (!read.includes(place.chapter))
    return { ...chapters[at], title: place.title, section: place.section, next: false };
  const next = chapters.slice(at + 1).find(({ slug }) => !read.includes(slug));
  return next && { ...next, section: '', next: true };
}
