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
