/** Exact numbers whose worker cannot be had: each widget says what it lacks, and asks again where it is told to. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { button, launch, output, site } from './support.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

test.each([
  ['heat', '', /The floor is missing.*did not start/, 'floor, all t'],
  ['model', '', /exact denoiser’s bars and the entropy are missing.*did not start/, 'entropy'],
  ['ledger', '?ledger.schedule=linear', /Some bounds are missing.*did not start/, '−ELBO'],
])('%s without its worker', async (widget, query, lacks, number) => {
  const worker = /_astro\/exactWorker-.*\.js/;
  const page = await browser.newPage();
  await page.route(worker, (route) => route.abort());
  await page.goto(`${site}embed/${widget}/${query}`);
  const box = page.locator(`#${widget}`);
  const alert = box.getByRole('alert');
  await expect.poll(() => alert.allTextContents()).toEqual([expect.stringMatching(lacks)]);
  expect(await output(box, number)).toBe('…');
  expect(await box.textContent()).not.toContain('Computing …');
  await page.unroute(worker);
  await button(alert, 'Try again').click();
  await expect.poll(() => output(box, number)).toMatch(/^\d/);
  expect(await alert.count()).toBe(0);
  await page.close();
});
