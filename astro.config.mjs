import { readFileSync } from 'node:fs';
import { rehypeHeadingIds, unified } from '@astrojs/markdown-remark';
import mdx from '@astrojs/mdx';
import preact from '@astrojs/preact';
import sitemap from '@astrojs/sitemap';
import { defineConfig } from 'astro/config';
import rehypeCitation from 'rehype-citation';
import rehypeKatex from 'rehype-katex';
import remarkMath from 'remark-math';
import { csp, ISOLATION } from './scripts/policy.mjs';
import { LANGUAGES, UNFINISHED } from './src/lib/words/languages.ts';
import { rehypeAnchors } from './src/markdown/anchors.ts';
import {
  bibliographyKeys,
  rehypeForgetCitations,
  rehypeKnowCitations,
} from './src/markdown/citations.ts';
import { remarkEquations } from './src/markdown/equations.ts';
import { katexOptions } from './src/markdown/katex.ts';
import { rehypeOtherEdition } from './src/markdown/otherEdition.ts';
import { rehypeMathPunctuation } from './src/markdown/punctuation.ts';
import { remarkQuestions } from './src/markdown/questions.ts';
import { rehypeReferenceLinks } from './src/markdown/references.ts';
import { rehypeScrollableMath } from './src/markdown/scrollableMath.ts';
import { rehypeUntranslated } from './src/markdown/untranslated.ts';
import { TARGET } from './src/vite/browsers.ts';
import { tfjsThreads } from './src/vite/tfjsThreads.ts';

/** GitHub Pages serves a project below a path: BASE_PATH=/from-noise SITE_URL=https://user.github.io npm run build */
const base = process.env.BASE_PATH || '/';
const site = process.env.SITE_URL || 'http://localhost:4321';

/** Editions that lack chapters, and quoted files of the source, stay out of it. */
const inSitemap = (page) =>
  !new URL(page).pathname.includes('/source/') &&
  !UNFINISHED.some((language) => new URL(page).pathname.includes(`/${language}/`));

const tfjs = ['core', 'backend-cpu', 'backend-wasm', 'backend-webgl', 'backend-webgpu'];

export default defineConfig({
  site,
  base,
  trailingSlash: 'always',
  build: { inlineStylesheets: 'never' },
  server: { headers: ISOLATION, port: 4321 },
  i18n: { defaultLocale: 'en', locales: [...LANGUAGES], routing: { prefixDefaultLocale: false } },
  integrations: [mdx(), preact(), sitemap({ filter: inSitemap })],
  markdown: {
    processor: unified({
      remarkPlugins: [remarkMath, remarkEquations, remarkQuestions],
      rehypePlugins: [
        rehypeHeadingIds,
        rehypeAnchors,
        rehypeOtherEdition,
        [rehypeKatex, katexOptions],
        rehypeScrollableMath,
        rehypeMathPunctuation,
        rehypeUntranslated,
        [rehypeKnowCitations, bibliographyKeys(readFileSync('content/references.bib', 'utf8'))],
        [
          rehypeCitation,
          {
            bibliography: 'content/references.bib',
            path: import.meta.dirname,
            csl: 'apa',
            lang: 'en-US',
            linkCitations: true,
          },
        ],
        rehypeForgetCitations,
        rehypeReferenceLinks,
      ],
    }),
    shikiConfig: {
      themes: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    },
  },
  security: { csp },
  vite: {
    plugins: [tfjsThreads()],
    worker: { format: 'es', plugins: () => [tfjsThreads()] },
    build: { target: TARGET, assetsInlineLimit: 0, chunkSizeWarningLimit: 1500 },
    optimizeDeps: {
      include: [
        '@observablehq/plot',
        'idb-keyval',
        ...tfjs.map((part) => `@tensorflow/tfjs-${part}`),
      ],
    },
  },
});
