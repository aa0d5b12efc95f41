import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';
import { PARTS } from './lib/words/parts.ts';

/** One file a chapter: content/en/NN-name.mdx and content/zh/NN-name.mdx carry the same NN-name. */
const chapters = defineCollection({
  loader: glob({
    pattern: '*/[0-9][0-9]-*.mdx',
    base: './content',
    generateId: ({ entry }) => entry.replace(/\.mdx$/, ''),
  }),
  schema: z.object({
    title: z.string().max(60),
    /** The chapter's question, under the title and in the table of contents. */
    question: z.string(),
    /** For search engines and link previews. */
    description: z.string().max(160),
    part: z.enum(PARTS),
    minutes: z.number().int().positive(),
  }),
});

export const collections = { chapters };
