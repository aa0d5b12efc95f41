/**
 * Seconds from pressing Train in the lab of the built book to the first
 * step on the page, on wasm with drawn digits, cache warm (the first visit is not counted).
 */
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { chromium as launcher } from 'playwright-core';
import { chromium } from '../scripts/browser.mjs';
import { commandLine } from '../scripts/commandLine.mjs';
import { ROOT } from '../scripts/environment.mjs';
import { createHandler } from '../scripts/siteHandler.mjs';
import { timing } from '../src/lib/bench/stats.ts';

const options = commandLine(`node bench/firstStep.mjs: seconds from Train to the first drawn step
  --root DIR      dist
  --visits N      7`);
const visits = Number(options.visits ?? 7);
const server = createServer(createHandler({ root: resolve(options.root ?? join(ROOT, 'dist')) }));
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const url = `http://127.0.0.1:${server.address().port}/lab/?dataset=digits&backend=wasm`;
const browser = await launcher.launch(chromium);
const context = await browser.newContext();

async function visit() {
  const page = await context.newPage();
  await page.goto(url, { waitUntil: 'networkidle' });
  // Timed inside the page: from the click to the frame in which the step is drawn.
  const ms = await page.evaluate(
    () =>
      new Promise((done) => {
        const step = [...document.querySelectorAll('.stat')]
          .find((stat) => stat.querySelector('.legend')?.textContent === 'Step')
          ?.querySelector('output');
        const begin = performance.now();
        new MutationObserver(() => {
          if (Number(step.textContent) > 0)
            requestAnimationFrame(() => done(performance.now() - begin));
        }).observe(step, { childList: true, characterData: true, subtree: true });
        [...document.querySelectorAll('button')]
          .find((button) => button.textContent.trim() === 'Train')
          .click();
      }),
  );
  // The next visit begins a new run, not this one again.
  await page.evaluate(async () => {
    for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name);
    sessionStorage.clear();
  });
  await page.close();
  return ms;
}

await visit();
const times = [];
for (let i = 0; i < visits; i++) times.push(await visit());
const { median, min, max } = timing(times);
const seconds = (ms) => (ms / 1000).toFixed(2);
console.log(
  `Train to the first drawn step, warm cache: ${seconds(median)} s (${seconds(min)} to ${seconds(max)}, ${visits} visits)`,
);
await browser.close();
server.close();
server.closeAllConnections();
