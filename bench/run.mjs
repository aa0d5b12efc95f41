/** A whole bench: page, browser, groups; the answer is what goes into the result file. */
import { chromium as launcher } from 'playwright-core';
import { chromium } from '../scripts/browser.mjs';
import { hostBenchPage } from './host.mjs';
import { measureGroup } from './measure.mjs';
import { ratios } from './report.mjs';

/** Rounds, and seconds per cell of measurement (cap) and of starting (patience). */
const EFFORT = {
  quick: { rounds: 5, cap: 30, patience: 150 },
  full: { rounds: 9, cap: 40, patience: 240 },
};

/** A software adapter needs minutes for a large batch of a slow engine, and the ratios are those of the small one. */
const SMALL = 16;

export async function runBench({ groups, torch, quick, say }) {
  const effort = EFFORT[quick ? 'quick' : 'full'];
  say('Bundling the bench page.');
  const host = await hostBenchPage();
  const browser = await launcher.launch(chromium);
  const result = {
    browser: `Chromium ${browser.version()}`,
    effort,
    peaks: [],
    rows: [],
    missing: [],
  };
  try {
    const page = await (await browser.newContext()).newPage();
    page.setDefaultTimeout(0);
    page.on('pageerror', (error) => say(`page: ${error.message}`));
    await page.goto(host.url);
    await page.waitForFunction(() => 'bench' in window);
    if (!(await page.evaluate(() => window.bench.isolated)))
      throw new Error('the bench page is not cross-origin isolated, so nothing would have threads');
    for (const { name, cells } of groups) {
      const software = result.rows.some((row) => row.software && row.backend === cells[0].backend);
      if (software && cells[0].batch > SMALL) {
        const message = `software adapter: only batch ${SMALL} was measured (--batch ${cells[0].batch} alone measures this)`;
        result.missing.push(...cells.map((cell) => ({ ...cell, message })));
        continue;
      }
      say(`Measuring: ${name}.`);
      const sampled = cells[0].batch === SMALL;
      const options = { page, torch, cells, sampled, say, ...effort };
      const { rows, missing, peaks } = await measureGroup(options);
      result.rows.push(...rows.map((row) => withShare(row, peaks)));
      result.peaks.push(...peaks);
      result.missing.push(...missing);
    }
  } finally {
    await browser.close();
    await host.close();
  }
  return { ...result, ratios: ratios(result.rows) };
}

/** Our step on wasm with its share of the convolution peak; null for other rows. */
function withShare(row, peaks) {
  const own = row.engine === 'ours' && row.backend === 'wasm';
  const peak = own && peaks.find(({ threads }) => threads === row.threads);
  return { ...row, share: peak ? peak.share : null };
}
