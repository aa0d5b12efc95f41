/** Chapter 11: each widget is used as a reader would. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { button, errorsOf, exactly, launch, site } from './support.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

async function open(path: string) {
  const page = await browser.newPage({ reducedMotion: 'reduce' });
  const errors = errorsOf(page);
  await page.goto(site + path);
  await page.waitForFunction(() => !document.querySelector('astro-island[ssr]'));
  return { page, errors };
}

test('the dial finds the best f, and the link keeps it', async () => {
  const { page, errors } = await open('embed/width-dial/');
  await expect.poll(() => exactly(page, 'term of the bound')).toBeGreaterThan(0);
  const least = await exactly(page, 'the least there is');
  expect(await exactly(page, 'term of the bound')).toBeGreaterThan(least);
  await button(page, 'Best f').click();
  // f is kept to three decimals: the bottom of a bowl is flat.
  await expect.poll(() => exactly(page, 'term of the bound')).toBeCloseTo(least, 6);
  await expect.poll(() => page.url()).toContain('dial.f=0.48');
  expect(errors).toEqual([]);
  await page.close();
});

test('a law of t from ten losses helps with β and harms with β̃', async () => {
  const { page, errors } = await open('embed/importance/');
  const worth = () => exactly(page, 'p from the last losses: one draw is worth');
  await expect.poll(worth).toBeGreaterThan(1);
  await page.getByRole('radio', { name: 'β̃', exact: true }).check({ force: true });
  await expect.poll(worth).toBeLessThan(0.5);
  expect(errors).toEqual([]);
  await page.close();
});

test('a network learns its width: it beats both fixed ones, and draws in few steps', async () => {
  const { page, errors } = await open('embed/trained-width/');
  await button(page, 'Train').click();
  await page.getByText('Draws in 4 steps, learned').first().waitFor({ timeout: 600_000 });
  const total = (width: string) => exactly(page, `bound, ${width}`);
  const [narrow, wide, learned] = [
    await total('σ² = β̃'),
    await total('σ² = β'),
    await total('learned'),
  ];
  expect(learned).toBeLessThan(Math.min(narrow, wide));
  const rows = page.getByRole('region', { name: 'Few steps' }).getByRole('row');
  expect(await rows.count()).toBe(4);
  expect(errors).toEqual([]);
  await page.close();
});
