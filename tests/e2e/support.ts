/** What the end-to-end tests share: pages with their errors, sleeping islands, the lab's buttons and outputs. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Browser,
  type BrowserContext,
  type Locator,
  chromium as launcher,
  type Page,
} from 'playwright-core';
import { expect, inject, onTestFinished } from 'vitest';
import { chromium } from '../../scripts/browser.mjs';

export const site = inject('site');

/** A browser whose pages have as much patience as a loaded machine asks for: a wait that ends is never too long. */
export async function launch(): Promise<Browser> {
  const browser = await launcher.launch(chromium);
  browser.on('context', (context) => context.setDefaultTimeout(120_000));
  return browser;
}

export const button = (page: Page | Locator, name: string) =>
  page.getByRole('button', { name, exact: true });

/** Until the address carries this value, whole: a name that stands there already may carry an earlier one. */
export const addressSays = (page: Page, name: string, value: number) =>
  expect
    .poll(() => Number(new URL(page.url()).searchParams.get(name) ?? Number.NaN))
    .toBeCloseTo(value, 4);

/** The text of an <output> by its accessible name. */
export const output = async (page: Page | Locator, name: string) =>
  (await page.getByRole('status', { name, exact: true }).textContent()) ?? '';
/** The whole number behind a printed one: its digits are fewer than it has. */
export const exactly = async (page: Page | Locator, name: string): Promise<number> => {
  const values = page.getByRole('status', { name, exact: true }).locator('data');
  const [value = Number.NaN] = await values.evaluateAll((all) =>
    all.map((one) => Number((one as HTMLDataElement).value)),
  );
  return value;
};
/** Opens what a widget keeps behind "More", where it does. */
export const openMore = (box: Locator) => button(box, 'More').click();
export const stepOf = async (page: Page | Locator) => Number(await output(page, 'Step'));
export const stepReaches = (page: Page | Locator, least: number, timeout = 600_000) =>
  expect.poll(() => stepOf(page), { timeout, interval: 200 }).toBeGreaterThanOrEqual(least);

/** Until the page has drawn so many frames: what its code was to do at once is done, and on screen. */
export const frames = (page: Page, count = 2) =>
  page.evaluate(async (left) => {
    for (; left > 0; left--) await new Promise(requestAnimationFrame);
  }, count);

/** Until nothing moves this element any more: fonts are here, every island in sight is awake, and its place stays. */
export async function settled(element: Locator): Promise<void> {
  await element.page().waitForLoadState('networkidle');
  let last = '';
  const still = async () => {
    const before = last;
    last = await element.evaluate(async (node) => {
      await document.fonts.ready;
      const asleep = [...document.querySelectorAll('astro-island[ssr]')].filter((island) => {
        const box = island.firstElementChild?.getBoundingClientRect();
        return box && box.bottom > 0 && box.top < innerHeight;
      });
      const { x, y, width, height } = node.getBoundingClientRect();
      return asleep.length ? '' : [x, y, width, height].join();
    });
    return last !== '' && last === before;
  };
  await expect.poll(still, { interval: 200 }).toBe(true);
}

/** The step of a run that was told to pause, once it stands and its last number is drawn. */
export async function standsStill(page: Page): Promise<number> {
  await expect.poll(() => button(page, 'Step').isEnabled()).toBe(true);
  await frames(page);
  let last = Number.NaN;
  const still = async () => {
    const before = last;
    last = await stepOf(page);
    return last === before;
  };
  await expect.poll(still, { interval: 500 }).toBe(true);
  return last;
}

/** Pauses the run; the step at which it stands. */
export async function pauses(page: Page): Promise<number> {
  await button(page, 'Pause').click();
  return standsStill(page);
}

/** Until Train can be pressed: the page's own code listens, and nothing is under way. */
export const canTrain = (page: Page) =>
  expect.poll(() => button(page, 'Train').isEnabled()).toBe(true);

export const datasetOf = (page: Page) => page.getByRole('combobox', { name: 'Dataset' });

/** Until the last picture of a drawing is there. */
export const drawn = (page: Page | Locator, timeout?: number) =>
  page
    .getByRole('img', { name: /What is drawn, at t = 0/ })
    .first()
    .waitFor({ timeout });

/** Puts the page's alert away. */
export async function dismiss(page: Page): Promise<void> {
  await button(page, 'Dismiss').click();
  await expect.poll(() => page.getByRole('alert').count()).toBe(0);
}

/** A path in a folder of its own, gone after the test: other runs of the tests may write at the same time. */
export async function tempFile(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'from-noise-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, name);
}

/** Errors of a page: of its console, and those that nothing caught. */
export function errorsOf(page: Page): string[] {
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(String(error)));
  return errors;
}

/** Brings a widget (`#id` or `.class`) on screen and waits until its code listens: a click before that is lost. */
export async function wake(page: Page, widget: string): Promise<Locator> {
  // A host (gallery) knows only the name of its widget until it wakes.
  const hosted = `astro-island[props*='"id":[0,"${widget.slice(1)}"]']`;
  const island = page.locator(`astro-island:has(${widget}), ${hosted}`).first();
  // The island itself has no box (display: contents), and waking may put another element into the place of its first one.
  await island.evaluate((node) => node.firstElementChild?.scrollIntoView({ block: 'center' }));
  const start = island.locator('[data-start]');
  if (await start.count()) await start.click();
  const box = page.locator(`astro-island:not([ssr]) ${widget}`);
  await box.waitFor();
  return box;
}

/** Runs `use` in the lab of a fresh profile; fails on any error in the console. `prepare` may break things first. */
export async function inLab(
  browser: Browser,
  query: string,
  use: (page: Page, context: BrowserContext) => Promise<void>,
  prepare?: (context: BrowserContext, page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  try {
    const page = await context.newPage();
    const errors = errorsOf(page);
    await prepare?.(context, page);
    await page.goto(`${site}lab/${query}`);
    await use(page, context);
    expect(errors).toEqual([]);
  } finally {
    await context.close();
  }
}

/** Runs `code` in the training worker before anything else of it. */
export async function inWorkerFirst(context: BrowserContext, code: () => void): Promise<void> {
  await context.route(/\/_astro\/trainWorker-[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `(${code})();\n${await response.text()}` });
  });
}

/** The page's training worker, to reach into. */
export function trainWorkerOf(page: Page) {
  const worker = page.workers().find((one) => one.url().includes('trainWorker'));
  if (!worker) throw new Error('the page has no training worker');
  return worker;
}

/** What the page's alert says, once there is one. */
export const alertOf = async (page: Page | Locator) => {
  const alert = page.getByRole('alert');
  await alert.waitFor({ timeout: 600_000 });
  return (await alert.textContent()) ?? '';
};
/** One of the lab's figures by its name. */
export const fact = (page: Page, name: string) => page.locator('.fact').filter({ hasText: name });
/** Saved in this browser at this step or a later one. */
export const savedAt = (page: Page, step: number, timeout = 60_000) =>
  expect
    .poll(
      async () => {
        const text = (await fact(page, 'Kept in this browser').textContent()) ?? '';
        return Number(/at ([\d,]+)/.exec(text)?.[1].replaceAll(',', '') ?? Number.NaN);
      },
      { timeout },
    )
    .toBeGreaterThanOrEqual(step);
/** Saved in this browser, at which step: the last good weights. */
export const savedOnce = (page: Page) =>
  expect.poll(() => fact(page, 'Kept in this browser').textContent()).toMatch(/at \d/);
