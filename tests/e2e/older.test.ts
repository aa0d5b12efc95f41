/** Readers of older browsers: those of the list can train, those before it are told, before any button. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OLDEST_TEXT } from '../../src/vite/browsers.ts';
import { button, inLab, inWorkerFirst, launch, site, stepReaches } from './support.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** What came after the oldest browsers of the list. */
const forget = () => {
  Reflect.deleteProperty(Promise, 'withResolvers');
  Reflect.deleteProperty(Promise, 'try');
  Reflect.deleteProperty(Object, 'groupBy');
  Reflect.deleteProperty(Map, 'groupBy');
  Reflect.deleteProperty(URL, 'canParse');
  Reflect.deleteProperty(URL, 'parse');
  Reflect.deleteProperty(AbortSignal, 'any');
  Reflect.deleteProperty(globalThis, 'Iterator');
};

test('the oldest browsers of the list train, and see no notice', async () => {
  await inLab(
    browser,
    '?dataset=two&backend=wasm&steps=10',
    async (page) => {
      expect(await page.locator('#older').isVisible()).toBe(false);
      await button(page, 'Train').click();
      await stepReaches(page, 10);
      expect(await page.getByRole('alert').count()).toBe(0);
    },
    async (context) => {
      await context.addInitScript(forget);
      await inWorkerFirst(context, forget);
    },
  );
});

test('a browser before them is told at the top of every page', async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  await context.addInitScript(() => {
    Reflect.deleteProperty(HTMLElement.prototype, 'popover');
  });
  const page = await context.newPage();
  for (const route of ['', 'any-step/', 'lab/', 'embed/kl/']) {
    await page.goto(site + route);
    const notice = page.locator('#older');
    await notice.waitFor();
    expect(await notice.textContent()).toContain(OLDEST_TEXT);
    const [above, first] = await Promise.all([
      notice.boundingBox(),
      page.locator('main button').first().boundingBox(),
    ]);
    expect(above?.y, route).toBeLessThan(first?.y ?? Number.POSITIVE_INFINITY);
  }
  await context.close();
});
