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
});
