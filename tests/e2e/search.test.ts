import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, site } from './support.ts';

/** Search as a reader sees it: Pagefind's results over the built pages. */
let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

describe('search results', () => {
  it.each([
    ['score', 'log q(x_t)'],
    ['covariance', 'covariance 协方差'],
    ['posterior', 'x_t'],
  ])('%s: formulas and entries can be read', async (term, text) => {
    const page = await browser.newPage();
    await page.goto(`${site}search/?q=${term}`);
    const results = page.locator('.pagefind-ui__results');
    await expect.poll(() => results.innerText({ timeout: 60_000 })).toContain(text);
    // No source of a formula, and none of KaTeX's two layers beside the other: x0\x_0x0.
    expect(await results.innerText()).not.toMatch(/\\[a-zA-Z]/);
    await page.close();
  });

  it('of a word that no page has say that they only begin like it', async () => {
    const page = await browser.newPage();
    await page.goto(`${site}search/?q=xyzzyq`);
    const message = page.locator('.pagefind-ui__message');
    await expect.poll(() => message.innerText({ timeout: 60_000 })).toMatch(/begin like it$/);
    await page.locator('.pagefind-ui__search-input').fill('');
    await page.keyboard.press('Tab');
    // The button that clears the field is not there when there is nothing to clear.
    const focused = () => page.evaluate(() => document.activeElement?.className ?? '');
    expect(await focused()).not.toContain('clear');
    await page.close();
  });
});

it('opens over a page on a key, not while one types, and leads on', async () => {
  const page = await browser.newPage();
  await page.goto(`${site}training/`);
  const field = page.locator('.search-dialog .pagefind-ui__search-input');
  const answer = page.getByRole('textbox', { name: /Your guess/ }).first();
  await answer.scrollIntoViewIfNeeded();
  await answer.fill('1');
  await answer.press('/');
  expect(await answer.inputValue()).toBe('1/');
  await page.locator('h1').click();
  await page.keyboard.press('/');
  await field.fill('entropy');
  await page.locator('.search-dialog .pagefind-ui__result-link').first().waitFor();
  await page.keyboard.press('Escape');
  await field.waitFor({ state: 'hidden' });
  await page.keyboard.press('Control+k');
  await field.waitFor();
  await page.getByRole('checkbox', { name: /opens this search/ }).uncheck();
  await page.keyboard.press('Escape');
  await page.locator('h1').click();
  await page.keyboard.press('/');
  await page.keyboard.press('Control+k');
  // Its Escape has emptied it.
  await field.fill('entropy');
  await page.locator('.search-dialog .pagefind-ui__result-link').first().click();
  await expect.poll(() => new URL(page.url()).pathname).not.toBe('/training/');
  await page.close();
});
