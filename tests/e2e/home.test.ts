import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { button, errorsOf, launch, site, wake } from './support.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

test('digits form at once from the record; the strip starts, draws, pauses and scrubs', async () => {
  const page = await browser.newPage();
  const errors = errorsOf(page);
  const workers: string[] = [];
  page.on('worker', (worker) => workers.push(worker.url()));
  await page.goto(site);
  const strip = await wake(page, '.live-strip');
  const level = page.getByRole('slider', { name: /Steps taken/ });
  // Played by the styles to its end, and gone through by hand.
  await expect.poll(() => level.getAttribute('aria-valuetext')).toBe('40 of 40');
  await level.fill('0');
  await strip.getByRole('img', { name: /pure noise, about/ }).waitFor();
  await button(page, 'Play again').click();
  await expect.poll(() => level.getAttribute('aria-valuetext')).toBe('40 of 40');
  await page.waitForLoadState('networkidle'); // everything that comes unasked has come
  expect(workers).toEqual([]); // reading costs nothing
  expect(await strip.locator('canvas').count()).toBe(0);
  await button(page, 'Start').click();
  await expect.poll(() => strip.locator('canvas').count()).toBe(10);
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
