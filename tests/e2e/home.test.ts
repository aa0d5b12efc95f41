import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { button, errorsOf, launch, site, wake } from './support.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

test('the strip starts, draws, pauses and scrubs', async () => {
  const page = await browser.newPage();
  const errors = errorsOf(page);
  const workers: string[] = [];
  page.on('worker', (worker) => workers.push(worker.url()));
  await page.goto(site);
  await wake(page, '.live-strip');
  await page.waitForLoadState('networkidle'); // everything that comes unasked has come
  expect(workers).toEqual([]); // reading costs nothing
  const level = page.getByRole('slider', { name: /Steps taken/ });
  expect(await level.isDisabled()).toBe(true); // nothing to move through yet
  await button(page, 'Start').click();
  await expect.poll(() => level.inputValue().then(Number)).toBeGreaterThanOrEqual(3);
  await button(page, 'Pause').click();
  await button(page, 'Start').waitFor();
  await level.fill('1');
  await expect.poll(() => level.inputValue()).toBe('1');
  expect(errors).toEqual([]);
  await page.close();
});

test('the contents lead to every chapter by part', async () => {
  const page = await browser.newPage();
  await page.goto(site);
  const links = await page
    .locator('#contents a')
    .evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).href));
  expect(links.length).toBeGreaterThan(0);
  expect(new Set(links).size).toBe(links.length);
  for (const link of links) expect((await fetch(link)).ok, link).toBe(true);
  await page.close();
});
