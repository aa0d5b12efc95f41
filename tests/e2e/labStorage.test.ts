/**
 * What the browser forbids, seen through the lab: storage, frames of a hidden tab, a file as it was published. Each time
 * the page says what happened, what was kept and what to do, and the run goes on.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  alertOf,
  button,
  datasetOf,
  fact,
  inLab,
  inWorkerFirst,
  launch,
  output,
  pauses,
  savedOnce,
  site,
  stepOf,
  stepReaches,
} from './support.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

describe('storage', () => {
  /** As in a sandboxed frame, or with all site data blocked: every store throws when it is touched. */
  const forbid = () => {
    const deny = () => {
      throw new DOMException('Access is denied for this document.', 'SecurityError');
    };
    IDBFactory.prototype.open = deny;
    for (const name of ['caches', 'localStorage', 'sessionStorage'])
      if (name in self) Object.defineProperty(self, name, { get: deny });
  };
  /** Pauses, and takes the run home as a file that opens again. */
  async function savesToFile(page: Page, why: string) {
    const step = await pauses(page);
    await expect
      .poll(() => fact(page, 'Kept in this tab only').textContent())
      .toContain(`at ${step.toLocaleString('en')} `);
    const download = page.waitForEvent('download');
    await button(page, 'Save').click();
    const path = await (await download).path();
    await page.getByText(`${why}, so the run was saved as a file: Load opens it again.`).waitFor();
    expect(await page.getByText(/^Kept here/).count()).toBe(0);
    await page.locator('input[type=file]').setInputFiles(path);
    await page.getByText(/^Loaded: /).waitFor();
    await expect.poll(() => stepOf(page)).toBe(step);
    await button(page, 'Step').click();
    await expect.poll(() => stepOf(page)).toBe(step + 1);
  }

  test('that is forbidden is told once; the run trains, and Save gives a file', async () => {
    await inLab(
      browser,
      '?dataset=digits&base=8&batch=2&steps=0&backend=wasm&autostart=1',
      async (page) => {
        await stepReaches(page, 3);
        await savesToFile(page, 'The browser does not let this page store data');
        const told = await page.locator('.warnings li > span').allTextContents();
        expect(told.filter((text) => text.includes('does not let this page store data'))).toEqual([
          'The browser does not let this page store data, so the run cannot survive a reload. It is kept in this tab; use Save to keep it as a file.',
        ]);
      },
      async (context) => {
        await context.addInitScript(forbid);
        await inWorkerFirst(context, forbid);
      },
    );
  });

  test('that is full is told, the run trains, and Save gives a file', async () => {
    await inLab(
      browser,
      '?dataset=two&steps=0&backend=wasm',
      async (page) => {
        await button(page, 'Train').click();
        await stepReaches(page, 3);
        await savesToFile(page, 'The browser’s storage is full');
        expect(await page.locator('.warnings').textContent()).toMatch(
          /^The browser’s storage is full, so/,
        );
      },
      async (context, page) => {
        await page.goto(site);
        const origin = new URL(site).origin;
        const session = await context.newCDPSession(page);
        await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 20_000 });
      },
    );
  });
});

describe('a tab that is hidden', () => {
  /** As a browser hides a tab: it says so, and draws no more frames, once those under way are drawn. */
  const hide = (page: Page, hidden: boolean) =>
    page.evaluate((now) => {
      const tab = globalThis as unknown as Tab;
      tab.setHidden(now);
      return tab.settle();
    }, hidden);
  const hideable = async (context: BrowserContext) => {
    await context.addInitScript(() => {
      let hidden = false;
      let waiting: FrameRequestCallback[] = [];
      const draw = requestAnimationFrame.bind(globalThis);
      globalThis.requestAnimationFrame = (callback) =>
        hidden ? -waiting.push(callback) : draw(callback);
      Object.defineProperty(document, 'hidden', { get: () => hidden });
      const tab: Tab = {
        setHidden(now) {
          hidden = now;
          document.dispatchEvent(new Event('visibilitychange'));
          if (hidden) return;
          for (const callback of waiting) draw(callback);
          waiting = [];
        },
        async settle() {
          for (let n = 0; n < 2; n++) await new Promise(draw);
        },
      };
      Object.assign(globalThis, tab);
    });
  };

  test('has its run saved at once, trains on, and shows the present when it is seen again', async () => {
    await inLab(
      browser,
      '?dataset=two&backend=wasm&steps=0&autostart=1',
      async (page) => {
        await stepReaches(page, 3);
        await hide(page, true);
        await savedOnce(page);
        const shown = await stepOf(page);
        // No frame, no drawing: the numbers wait. The run does not: it is saved again and again, further on.
        const saved = fact(page, 'Kept in this browser');
        const first = await saved.textContent();
        await expect.poll(() => saved.textContent()).not.toBe(first);
        expect(await stepOf(page)).toBe(shown);
        await hide(page, false);
        await stepReaches(page, shown + 20);
        expect(Number(await output(page, 'Steps per second'))).toBeGreaterThan(0);
        await pauses(page);
        expect(await page.getByRole('alert').count()).toBe(0);
      },
      hideable,
    );
  });
});

interface Tab {
  setHidden(hidden: boolean): void;
  settle(): Promise<void>;
}

test('an altered MNIST file is refused with its reason, and the drawn digits take its place', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  // The mirrors are out of reach, as on a train; the site's own copy has changed on the way.
  await context.route(/^(?!http:\/\/localhost)/, (route) => route.abort());
  await context.route(/\/data\/mnist\//, (route) =>
    route.fulfill({ contentType: 'application/gzip', body: Buffer.alloc(9_912_422, 7) }),
  );
  await page.goto(`${site}lab/?dataset=mnist&backend=wasm&base=8&batch=2&steps=0&autostart=1`);
  const text = await alertOf(page);
  expect(text).toMatch(/^train-images-idx3-ubyte\.gz came, but not as published \(.*SHA-256/);
  expect(text).toContain(
    'so it was not used. Your run, its weights and all other data sets are untouched.',
  );
  expect(text).toContain('This run goes on with the drawn digits, which need no download.');
  await stepReaches(page, 1);
  expect(await datasetOf(page).inputValue()).toBe('digits');
  await context.close();
});
