/** The bench page: bundled by Vite into a temporary folder, served cross-origin isolated on a free port of this machine. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { createHandler } from '../scripts/siteHandler.mjs';
import { tfjsThreads } from '../src/vite/tfjsThreads.ts';

async function bundle() {
  const outDir = await mkdtemp(join(tmpdir(), 'from-noise-bench-'));
  await build({
    root: join(import.meta.dirname, 'page'),
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    base: './',
    plugins: [tfjsThreads()],
    worker: { format: 'es', plugins: () => [tfjsThreads()] },
    build: { outDir, assetsInlineLimit: 0, chunkSizeWarningLimit: 5000, target: 'esnext' },
  });
  return outDir;
}

/** @returns {Promise<{ url: string, close: () => Promise<void> }>} */
export async function hostBenchPage() {
  const root = await bundle();
  const server = createServer(createHandler({ root }));
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await rm(root, { recursive: true, force: true });
    },
  };
}
