/** Builds the site into dist/ and its search index. `BASE_PATH` and `SITE_URL` are read by astro.config.mjs. */
import { join } from 'node:path';
import { ensureNode, ensurePackages, isProgram, ROOT, run, say } from './environment.mjs';

/** Resolves with an exit code. `env` is added to the environment of the build. */
export async function build(env = {}) {
  say('Building the book.');
  const code = await run('astro', ['build'], { env });
  if (code !== 0) return code;
  say('Indexing it for search.');
  // KaTeX writes each formula twice (MathML for screen readers): one is enough in an excerpt. Symbol buttons repeat it too.
  const twice = '.katex-mathml, .symbols button';
  const indexed = await run('pagefind', [
    '--site',
    'dist',
    '--quiet',
    '--exclude-selectors',
    twice,
  ]);
  if (indexed !== 0) return indexed;
  const { compressSite } = await import('./compress.mjs');
  compressSite(join(ROOT, 'dist'));
  return 0;
}

if (isProgram(import.meta.url)) {
  ensurePackages();
  await ensureNode();
  process.exit(await build());
}
