import { getCollection } from 'astro:content';
import type { Language } from '../lib/words/languages.ts';
import { chapterId } from '../lib/words/paths.ts';

/** The pages of one edition's chapters, each with its neighbours: what `getStaticPaths` of a chapter route returns. */
export async function chapterPaths(language: Language) {
  const chapters = (await getCollection('chapters'))
    .filter(({ id }) => id.startsWith(`${language}/`))
    .sort((a, b) => a.id.localeCompare(b.id));
  return chapters.map((entry, i) => ({
    params: { slug: chapterId(entry.id).slug },
    props: { entry, previous: chapters[i - 1], next: chapters[i + 1] },
  }));
}
