/** Pages of the source tree in Chromium, where a module is imported by its path, with or without cross-origin isolation. */
import { chromium as launcher } from 'playwright-core';
import { createServer } from 'vite';
import { chromium } from '../../../scripts/browser.mjs';
import { ISOLATION } from '../../../scripts/policy.mjs';
import { tfjsThreads } from '../../../src/vite/tfjsThreads.ts';

const BLANK = '<!doctype html><title>blank</title>';

export async function openSources() {
  const server = await createServer({
    configFile: false,
    logLevel: 'error',
    appType: 'custom',
    server: { port: 0, hmr: false },
    plugins: [
      tfjsThreads(),
      {
        name: 'blank',
        configureServer({ middlewares }) {
          middlewares.use((request, response, next) => {
            if (request.url !== '/single')
              for (const [name, value] of Object.entries(ISOLATION))
                response.setHeader(name, value);
            if (!/^\/(isolated|single)$/.test(request.url)) return next();
            response.setHeader('Content-Type', 'text/html');
            response.end(BLANK);
          });
        },
      },
    ],
    worker: { format: 'es', plugins: () => [tfjsThreads()] },
    optimizeDeps: {
      include: [
        'idb-keyval',
        ...['core', 'backend-cpu', 'backend-wasm'].map((part) => `@tensorflow/tfjs-${part}`),
      ],
      noDiscovery: true,
    },
  });
  await server.listen();
  const url = server.resolvedUrls.local[0];
  const browser = await launcher.launch(chromium);
  return {
    /** A module in this process. */
    load: (path) => server.ssrLoadModule(path),
    /** A page of its own profile, with or without threads, and where files that match `without` cannot be had. */
    async page({ isolated = true, without } = {}) {
      const context = await browser.newContext();
      context.setDefaultTimeout(600_000);
      if (without) await context.route(without, (route) => route.abort());
      const page = await context.newPage();
      page.on('pageerror', (error) => console.error(String(error)));
      await page.goto(`${url}${isolated ? 'isolated' : 'single'}`);
      return page;
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}
