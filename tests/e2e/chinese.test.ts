import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { button, errorsOf, launch, site, wake } from './support.ts';

/** The Chinese edition: hidden while it lacks chapters, and Chinese through and through where it has them. */
let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const CHAPTER = 'zh/from-noise/';

/** Three English words in a row, outside formulas, code and the titles of works. */
const ENGLISH = /\b[A-Za-z][a-z’']+[ ,]+[A-Za-z][a-z’']+[ ,]+[A-Za-z][a-z’']+/;

/** All that a reader sees, hears or has in a hint, piece by piece. */
const pieces = (page: Page) =>
  page.evaluate(() => {
    const skip =
      'script, style, code, pre, .katex, .cm-editor, .cell-text, #refs, .references, [id^=citation]';
    const found: string[] = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode())
      if (!node.parentElement?.closest(skip)) found.push(node.textContent ?? '');
    for (const element of document.querySelectorAll(
      '[aria-label], [title], [aria-valuetext], [alt]',
    ))
      if (!element.closest(skip))
        for (const name of ['aria-label', 'title', 'aria-valuetext', 'alt'])
          found.push(element.getAttribute(name) ?? '');
    return found;
  });

/** The text of every program that the page loads. */
function programsOf(page: Page): () => Promise<string> {
  const urls = new Set<string>();
  page.on('request', (request) => {
    if (/\/_astro\/.*\.js$/.test(request.url())) urls.add(request.url());
  });
  return async () =>
    (await Promise.all([...urls].map(async (url) => (await fetch(url)).text()))).join('\n');
}

test('a Chinese chapter speaks Chinese, its widgets too, and loads no words of another language', async () => {
  const page = await browser.newPage({ reducedMotion: 'reduce' });
  const errors = errorsOf(page);
  const programs = programsOf(page);
  await page.goto(site + CHAPTER);
  expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
  for (const predict of ['#predict-same-image', '#predict-neighbours', '#predict-no-shrinking']) {
    const box = await wake(page, predict);
    await button(box, '看看对不对').click();
    await box.getByText('先猜一个').waitFor();
    await button(box, '显示答案').click();
  }
  const ink = await wake(page, '#ink');
  for (const source of ['2 × 2', '自己画', '一个数字']) {
    await ink.getByText(source, { exact: true }).click();
    expect((await pieces(page)).filter((text) => ENGLISH.test(text))).toEqual([]);
  }
  // Drawn, with its words at the axes.
  await ink.locator('.plot svg').getByText('像素值').first().waitFor();
  const cell = await wake(page, '#cell-two-diffusions');
  await button(cell, '运行').click();
  await cell.locator('.cell-text').getByText('最后的方差').waitFor();
  // In the page itself: a press by pointer scrolls to each first, and the page scrolls smoothly.
  await page.locator('.symbol, .term-word').evaluateAll((all) => {
    for (const one of all) (one as HTMLElement).click();
  });
  await page.locator('.term-note:popover-open').waitFor();
  expect((await pieces(page)).filter((text) => ENGLISH.test(text))).toEqual([]);
  await page.waitForLoadState('networkidle');
  const loaded = await programs();
  expect(loaded).toContain('重置');
  for (const english of [
    'Copy a link to this widget',
    'Ink in water',
    'Predict first',
    'Drawing pad',
  ])
    expect(loaded, english).not.toContain(english);
  expect(errors).toEqual([]);
  await page.close();
});

test('a link that asks for nonsense is told so in Chinese', async () => {
  const page = await browser.newPage({ reducedMotion: 'reduce' });
  await page.goto(`${site}${CHAPTER}?ink.t=999&ink.image=photo`);
  const ink = await wake(page, '#ink');
  await expect
    .poll(() => ink.getByRole('alert').allTextContents())
    .toEqual([
      '链接要求 ink.image =“photo”。这里应当是 four、digit、draw 之一。现在显示的是 digit。',
      '链接要求 ink.t =“999”。这里应当是从 0 到 200 的一个整数。现在显示的是 40。',
    ]);
  await page.close();
});

test('an English page loads no Chinese', async () => {
  const page = await browser.newPage({ reducedMotion: 'reduce' });
  const programs = programsOf(page);
  await page.goto(`${site}from-noise/`);
  await wake(page, '#ink');
  await wake(page, '#cell-two-diffusions');
  await page.waitForLoadState('networkidle');
  const loaded = await programs();
  expect(loaded).toContain('Copy a link to this widget');
  expect(loaded).not.toMatch(/\p{Script=Han}/u);
  await page.close();
});

test('the edition is hidden until it is whole', async () => {
  const textOf = async (path: string) => (await fetch(site + path)).text();
  for (const path of ['', 'from-noise/', 'map/', 'gallery/'])
    expect(await textOf(path), path).not.toMatch(/href="[^"]*\/zh\//);
  expect(await textOf('sitemap-0.xml')).not.toContain('/zh/');
  const home = await textOf('zh/');
  expect(home).not.toContain('href="/zh/from-noise/');
  for (const html of [home, await textOf(CHAPTER)]) {
    expect(html).toContain('<meta name="robots" content="noindex"');
    expect(html).not.toContain('data-pagefind-body');
  }
});
