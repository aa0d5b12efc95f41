/**
 * Does the page stay smooth while it trains? Scrolls the lab of the built book up and down, in headless Chromium, once
 * idle and once while it trains on wasm with all threads, and counts its frames; clicks meanwhile, and times how long a
 * click waits for its handler and for the frame that shows it. Also: how long the 2×2 trainer takes to come within 5 % of
 * the exact floor that the lab shows.
 *
 *     node bench/frames.mjs [--seconds 20] [--dataset mnist] [--backend wasm] [--root dist] [--json FILE]
 *
 * A frame is the time between two calls of requestAnimationFrame; headless Chromium draws 60 a second at most.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { chromium as launcher } from 'playwright-core';
import { chromium } from '../scripts/browser.mjs';
import { median } from '../src/lib/bench/stats.ts';
import { serveBuiltSite } from './builtSite.mjs';

const { values: args } = parseArgs({
  options: {
    seconds: { type: 'string', default: '20' },
    dataset: { type: 'string', default: 'mnist' },
    backend: { type: 'string', default: 'wasm' },
    root: { type: 'string' },
    json: { type: 'string' },
  },
});
const seconds = Number(args.seconds);
if (!(seconds > 0)) throw new Error(`--seconds should be a number above 0, not ${args.seconds}.`);

const site = await serveBuiltSite(args.root);
const browser = await launcher.launch(chromium);
const output = (page, name) =>
  page.getByRole('status', { name, exact: true }).textContent({ timeout: 60_000 });

/** A lab of a fresh profile at the address `query`, awake. */
async function openLab(query) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${site.url}lab/?${query}`, { waitUntil: 'networkidle' });
  await page.locator('astro-island:not([ssr]) .lab').waitFor();
  return page;
}

async function stepReaches(page, least, limit = 120) {
  for (const end = Date.now() + 1000 * limit; Number(await output(page, 'Step')) < least; ) {
    if (Date.now() > end) throw new Error(`The lab did not reach step ${least} in ${limit} s.`);
    await page.waitForTimeout(100);
  }
}

/** Scrolls up and down by 6 pixels a frame; the lengths of the frames in ms. */
const scroll = (page) =>
  page.evaluate(
    (ms) =>
      new Promise((done) => {
        const frames = [];
        const begin = performance.now();
        let last = begin;
        let way = 6;
        const tick = (now) => {
          if (now > last) frames.push(now - last);
          last = Math.max(now, last);
          const end = document.documentElement.scrollHeight - innerHeight;
          if (scrollY >= end) way = -6;
          if (scrollY <= 0) way = 6;
          scrollBy({ top: way, behavior: 'instant' });
          if (now - begin < ms) requestAnimationFrame(tick);
          else done(frames);
        };
        requestAnimationFrame(tick);
      }),
    1000 * seconds,
  );

/**
 * Real clicks through the browser's input queue, on the switch of the loss plot: `delay` from the click to its handler,
 * `shown` to the second frame after it, when what it changed is on the screen.
 */
async function click(page, times) {
  const target = page.getByRole('checkbox', { name: /log/i }).first();
  await target.scrollIntoViewIfNeeded();
  await page.evaluate(() => {
    globalThis.clicks = [];
    addEventListener(
      'click',
      (event) => {
        const delay = performance.now() - event.timeStamp;
        requestAnimationFrame(() =>
          requestAnimationFrame(() =>
            clicks.push({ delay, shown: performance.now() - event.timeStamp }),
          ),
        );
      },
      { capture: true },
    );
  });
  for (let i = 0; i < times; i++) {
    await target.click();
    // Not in step with anything that the page does by the clock.
    await page.waitForTimeout(150 + 37 * (i % 7));
  }
  return page.evaluate(() => clicks);
}

/** Seconds of processor time that the page's main thread has used: other programs on the machine do not count. */
async function processorTime(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration').value;
  };
}

const rows = [];
async function measure(what, page) {
  const step = Number(await output(page, 'Step'));
  const used = await processorTime(page);
  const [began, before] = [performance.now(), await used()];
  const frames = await scroll(page);
  const busy = (await used()) - before;
  const took = (performance.now() - began) / 1000;
  const trained = (Number(await output(page, 'Step')) - step) / took;
  const clicks = await click(page, 30);
  const total = frames.reduce((a, b) => a + b, 0);
  const of = (key) => clicks.map((one) => one[key]);
  rows.push({
    what,
    framesPerSecond: (1000 * frames.length) / total,
    worstFrameMs: Math.max(...frames),
    framesOver50Ms: frames.filter((ms) => ms > 50).length,
    clickDelayMs: { median: median(of('delay')), max: Math.max(...of('delay')) },
    clickShownMs: { median: median(of('shown')), max: Math.max(...of('shown')) },
    mainThreadBusy: busy / took,
    stepsPerSecond: trained,
  });
}

const query = `dataset=${args.dataset}&backend=${args.backend}&steps=0`;
const page = await openLab(query);
await measure('idle', page);
await page.getByRole('button', { name: 'Train', exact: true }).click();
await stepReaches(page, 20);
await measure('training', page);
const machine = await page.evaluate(() => ({
  isolated: crossOriginIsolated,
  cores: navigator.hardwareConcurrency,
}));
const note = page.locator('.figures .note');
const backend = await note.textContent();
await page.context().close();

/** Seconds from Train to the first moment within 5 % of the least possible loss, as the lab says it. */
async function secondsToFloor() {
  const lab = await openLab('dataset=all16');
  const began = performance.now();
  await lab.getByRole('button', { name: 'Train', exact: true }).click();
  const floor = lab.locator('.key li', { hasText: 'least possible' });
  for (;;) {
    const gap = /now ([\d.]+) % (above|below)/.exec((await floor.textContent()) ?? '');
    const took = (performance.now() - began) / 1000;
    if (gap && Number(gap[1]) < 5) return took;
    if (took > 300) return Number.NaN;
    await lab.waitForTimeout(50);
  }
}
const floorSeconds = await secondsToFloor();
await browser.close();
site.close();

const ms = (value) => `${value.toFixed(1)} ms`;
console.log(`${args.dataset} on ${args.backend}: ${backend}`);
console.log(`${cpus()[0].model}, ${machine.cores} cores, isolated: ${machine.isolated}\n`);
console.table(
  Object.fromEntries(
    rows.map((row) => [
      row.what,
      {
        'frames/s': row.framesPerSecond.toFixed(1),
        'worst frame': ms(row.worstFrameMs),
        'over 50 ms': row.framesOver50Ms,
        'click to handler': `${ms(row.clickDelayMs.median)}, worst ${ms(row.clickDelayMs.max)}`,
        'click to picture': `${ms(row.clickShownMs.median)}, worst ${ms(row.clickShownMs.max)}`,
        'main thread': `${(100 * row.mainThreadBusy).toFixed(0)} % busy`,
        'steps/s': row.stepsPerSecond.toFixed(1),
      },
    ]),
  ),
);
console.log(`2×2 images, Train to within 5 % of the exact floor: ${floorSeconds.toFixed(1)} s`);
const result = {
  date: new Date().toISOString(),
  processor: cpus()[0].model,
  ...machine,
  dataset: args.dataset,
  backend,
  seconds,
  rows,
  floorSeconds,
};
if (args.json) writeFileSync(args.json, `${JSON.stringify(result, null, 2)}\n`);
else console.log(JSON.stringify(result));
