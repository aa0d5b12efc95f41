import { readdirSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, site } from './support.ts';

const chapters = readdirSync('content/en')
  .filter((name) => name.endsWith('.mdx'))
  .map((name) => name.replace(/^\d+-|\.mdx$/g, ''));

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

test('no display formula is wider than its column at 1280 px', async () => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const wide: string[] = [];
  let seen = 0;
  for (const chapter of chapters) {
    await page.goto(`${site}${chapter}/`);
    const found = await page.evaluate(async () => {
      for (const fold of document.querySelectorAll('details')) fold.open = true;
      await document.fonts.ready;
      return [...document.querySelectorAll<HTMLElement>('.katex-display')].map((display) => {
        // What clips and scrolls is the display itself or the box around it.
        const over = [display, display.closest<HTMLElement>('.equation')].map((box) =>
          box ? box.scrollWidth - box.clientWidth : 0,
        );
        return {
          over: Math.max(...over),
          tex: display.querySelector('annotation')?.textContent?.slice(0, 90) ?? '',
        };
      });
    });
    seen += found.length;
    for (const { over, tex } of found) if (over > 0) wide.push(`/${chapter}/ +${over} px: ${tex}`);
  }
  expect(seen).toBeGreaterThan(60);
  expect(wide).toEqual([]);
  await page.close();
});
