import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromium } from './scripts/browser.mjs';
import { ISOLATION } from './scripts/policy.mjs';
import { tfjsThreads } from './src/vite/tfjsThreads.ts';
import { digitsInNode } from './tests/browser/support/inNode.ts';

/** Three projects: `unit` in Node, `browser` in Chromium with every tfjs backend, `e2e` against the built site. */
export default defineConfig({
  plugins: [tfjsThreads()],
  worker: { format: 'es', plugins: () => [tfjsThreads()] },
  server: { headers: ISOLATION },
  optimizeDeps: {
    include: [
      'idb-keyval',
      ...['core', 'backend-cpu', 'backend-wasm', 'backend-webgl', 'backend-webgpu'].map(
        (part) => `@tensorflow/tfjs-${part}`,
      ),
    ],
  },
  test: {
    teardownTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/browser/**', 'tests/e2e/**'],
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.{ts,tsx}'],
          testTimeout: 600_000,
          hookTimeout: 300_000,
          // One page at a time: two cores, and some tests count memory.
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            connectTimeout: 300_000,
            screenshotFailures: false,
            commands: { digitsInNode },
            provider: playwright({ launchOptions: chromium }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          // A loaded machine may take seconds to show what a reader sees at once.
          expect: { poll: { timeout: 120_000 } },
          environment: 'node',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: 'tests/e2e/serve.ts',
          testTimeout: 900_000,
          hookTimeout: 300_000,
          // A file for each of two cores: nothing here asserts how long anything takes.
          maxWorkers: 2,
        },
      },
    ],
  },
});
