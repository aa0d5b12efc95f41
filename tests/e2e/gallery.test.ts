/** The gallery holds every widget that trains: one of them trains at a time, and two workers are the most there are. */
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MOST_WORKERS } from '../../src/lib/worker/owner.ts';
import { button, errorsOf, launch, output, site, wake } from './support.ts';

let browser: Awaited<ReturnType<typeof launch>>;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const trainers = (page: Page) =>
  page.workers().filter((worker) => worker.url().includes('trainWorker')).length;
const numberOf = async (box: Locator, name: string) => Number.parseInt(await output(box, name), 10);

it('one training of the gallery at a time, few workers, and each run goes on where it stood', async () => {
  const page = await (await browser.newContext()).newPage();
  const errors = errorsOf(page);
  await page.goto(`${site}gallery/?backend=wasm`);
  const trainer = await wake(page, '#trainer');
  await button(trainer, 'Train').click();
  await expect.poll(() => numberOf(trainer, 'Step'), { timeout: 200_000 }).toBeGreaterThan(0);

  const heat = await wake(page, '#heat');
  await button(heat, 'Train').click();
  await expect.poll(() => numberOf(heat, 'step'), { timeout: 200_000 }).toBeGreaterThan(0);
  // Who trained before stands, and says so.
  await expect.poll(() => button(trainer, 'Pause').isDisabled()).toBe(true);
  const stood = await numberOf(trainer, 'Step');

  const lab = await wake(page, '#bug-lab');
  await button(lab, 'Train a mystery').click();
  const bar = lab.getByRole('progressbar', { name: 'Training' });
  await expect
    .poll(async () => ((await bar.count()) ? Number(await bar.getAttribute('value')) : 0), {
      timeout: 200_000,
    })
    .toBeGreaterThan(0);
  expect(await numberOf(trainer, 'Step')).toBe(stood);
  // The browser takes a moment to end one. Three widgets have trained.
  await expect.poll(() => trainers(page)).toBe(MOST_WORKERS);

  // Its worker was ended meanwhile; its run was not. What cannot go on says why.
  await button(trainer, 'Train').click();
  await expect.poll(() => numberOf(trainer, 'Step'), { timeout: 200_000 }).toBeGreaterThan(stood);
  await expect.poll(() => lab.getByRole('alert').count()).toBe(1);
  expect(await lab.getByRole('alert').textContent()).toContain('one runs at a time');
  await button(trainer, 'Pause').click();
  await expect.poll(() => trainers(page)).toBeLessThanOrEqual(MOST_WORKERS);
  expect(errors).toEqual([]);
});

it('the catalogue is found through by words, and a link starts the widget that it speaks of', async () => {
  const page = await (
    await browser.newContext({ viewport: { width: 1280, height: 900 } })
  ).newPage();
  const errors = errorsOf(page);
  await page.goto(`${site}gallery/?kl.mean=1#kl`);
  const kl = page.locator('figure#kl');
  await kl.waitFor();
  const centre = kl.getByRole('slider', { name: /centre/ });
  await expect.poll(async () => Number(await centre.inputValue())).toBe(1);
  // No other widget's code runs: nobody asked for it.
  expect(await page.locator('figure.widget').count()).toBe(1);

  const find = page.getByRole('searchbox', { name: 'Find a widget' });
  await find.fill('SCHEDULES draw');
  await expect
    .poll(() => page.locator('.entry:visible h3').allTextContents())
    .toEqual(['Six schedules, and yours']);
  await find.fill('no widget says this');
  await expect.poll(() => page.locator('.entry:visible').count()).toBe(0);
  await page.getByText('No widget speaks of that').waitFor();
  expect(errors).toEqual([]);
  await page.close();
});
