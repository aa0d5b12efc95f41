import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { button, launch, site, wake } from './support.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** The page with only WebAssembly chosen, and the workers that it starts. */
async function open(): Promise<{ page: Page; workers: string[] }> {
  const context = await browser.newContext({
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  const workers: string[] = [];
  page.on('worker', (worker) => workers.push(worker.url()));
  await page.goto(`${site}bench/`);
  await wake(page, '.bench');
  for (const name of ['WebGL', 'WebGPU']) await page.getByLabel(name, { exact: true }).uncheck();
  return { page, workers };
}

describe('the bench page', () => {
  it('starts nothing unasked, then measures ours and stock, and copies what it found', async () => {
    const { page, workers } = await open();
    expect(workers).toEqual([]);
    await button(page, 'Measure').click();
    await page.getByText('Done: 2 measured').waitFor({ timeout: 600_000 });
    expect(workers.length).toBeGreaterThanOrEqual(2);
    expect(await page.locator('.bench tbody tr').count()).toBe(2);
    await page.locator('.bench .plot svg').waitFor();
    await page.getByRole('button', { name: 'Copy the result' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    const copied = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
    const [ours, stock] = copied.rows;
    expect([ours.engine, stock.engine]).toEqual(['ours', 'tfjs']);
    expect(ours.parameters).toBe(147_745);
    // The same weights and the same batch: both compute the same losses.
    for (const i of [0, 1, 2]) expect(ours.losses[i] / stock.losses[i]).toBeCloseTo(1, 4);
    // Which is the quicker is the bench's to say: a test that says it would fail on a busy machine.
    for (const { trainMs } of [ours, stock]) expect(trainMs).toBeGreaterThan(0);
    await page.context().close();
  });

  it('stops when it is told to', async () => {
    const { page } = await open();
    await button(page, 'Measure').click();
    await page.locator('.progress [role=status]', { hasText: /^Starting|, round \d/ }).waitFor();
    await button(page, 'Stop').click();
    await page.getByText('Stopped. What was measured stays below.').waitFor();
    await expect.poll(() => button(page, 'Measure').isEnabled()).toBe(true);
    await page.context().close();
  });
});
