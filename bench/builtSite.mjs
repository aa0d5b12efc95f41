/** The built book on a free port of this machine, with the headers for threads: what the measures of its pages open. */
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { ROOT } from '../scripts/environment.mjs';
import { createHandler } from '../scripts/siteHandler.mjs';

/** @returns {Promise<{ url: string, close: () => void }>} `root`: the built site, default dist/. */
export async function serveBuiltSite(root = join(ROOT, 'dist')) {
  const server = createServer(createHandler({ root: resolve(root) }));
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
