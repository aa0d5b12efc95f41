/** Builds the site into dist/ and its search index. `BASE_PATH` and `SITE_URL` are read by astro.config.mjs. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureNode, ensurePackages, isProgram, ROOT, run, say } from './environment.mjs';
import { writeSearchPages } from './searchPages.mjs';

/** False, after saying why, where an emitted script calls what a browser of the list does not have. */
async function fitsOldBrowsers(root) {
  const { newerThanOldest, OLDEST_TEXT } = await import('../src/vite/browsers.ts');
  const found = readdirSync(root, { recursive: true })
    .filter((name) => /\.m?js$/.test(name) && !name.startsWith('pagefind'))
    .flatMap((name) =>
      newerThanOldest(readFileSync(join(root, name), 'utf8')).map((call) => `  ${name}: ${call}`),
    );
  if (found.length === 0) return true;
  console.error(
    `The built scripts call what ${OLDEST_TEXT} do not all have (src/vite/browsers.ts):\n${found.join('\n')}\n` +
      'Write it in older words, or ask whether it is there before calling it.',
  );
  return false;
}

/** Resolves with an exit code. `env` is added to the environment of the build. */
export async function build(env = {}) {
  say('Building the book.');
  const code = await run('astro', ['build'], { env });
  if (code !== 0) return code;
  if (!(await fitsOldBrowsers(join(ROOT, 'dist')))) return 1;
  say('Indexing it for search.');
  const pages = mkdtempSync(join(tmpdir(), 'from-noise-search-'));
  try {
    writeSearchPages(join(ROOT, 'dist'), pages);
    const indexed = await run('pagefind', [
      ...['--site', pages, '--output-path', join(ROOT, 'dist/pagefind'), '--quiet'],
      // They repeat the symbols of the formula above them.
      ...['--exclude-selectors', '.symbols button'],
    ]);
    if (indexed !== 0) return indexed;
  } finally {
    rmSync(pages, { recursive: true });
  }
  const { compressSite } = await import('./compress.mjs');
  compressSite(join(ROOT, 'dist'));
  return 0;
}

if (isProgram(import.meta.url)) {
  ensurePackages();
  await ensureNode();
  process.exit(await build());
}
