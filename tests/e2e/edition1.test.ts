/** Links and files of edition 1, followed and opened in the built book. */
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { putEntries } from '../edition1/storage.ts';
import { storedEntries } from '../edition1/storedEntries.ts';
import links from '../fixtures/edition1/links.json';
import next from '../fixtures/edition1/next.json';
import { asKept, controlsOf } from './support/controls.ts';
import { button, fact, inLab, launch, site, stepOf } from './support.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

test('every page is there, with its widgets and equations by name', async () => {
  for (const [path, names] of Object.entries(links.pages)) {
    const response = await fetch(`${site}${path}`);
    expect(response.status, path).toBe(200);
    const html = await response.text();
    expect(
      names.filter((name) => !html.includes(` id="${name}"`)),
      path,
    ).toEqual([]);
  }
});

const { widgets } = links;
const first = widgets.filter(
  ({ widget }, i) => widgets.findIndex((other) => other.widget === widget) === i,
);
const shows = async (box: Locator, { address, controls }: (typeof widgets)[number]) => {
  const shown = async () => asKept(await box.evaluate(controlsOf), controls);
  await expect.poll(shown, { message: address }).toEqual(controls);
  expect(await box.getByRole('alert').count(), address).toBe(0);
};

test('every widget shows what its link asks for', async () => {
  // All of them in one address, on the page that has all widgets: a page for each would take twice as long.
  const query = first.map(({ address }) => address.split('?')[1]).join('&');
  const page = await browser.newPage();
  await page.goto(`${site}gallery/?${query}`);
  for (const link of first) {
    const id = link.widget;
    // Until it is awake, its place stands for it; those above it may wake meanwhile, and push it out of sight again.
    const place = page.locator(`#${id}, [data-place="${id}"]`).first();
    const box = page.locator(`#${id}`);
    const awake = async () => {
      await place.evaluate((element) => element.scrollIntoView());
      return box.count();
    };
    await expect.poll(awake, { message: id, interval: 100 }).toBe(1);
    await shows(box, link);
  }
  await page.close();
});

test('and its other links, to the page of its own', async () => {
  const page = await browser.newPage();
  for (const link of widgets.filter((link) => !first.includes(link))) {
    await page.goto(`${site}${link.address}`);
    await shows(page.locator(`#${link.widget}`), link);
  }
  await page.close();
});

test('the lab shows what its link asks for', async () => {
  const [{ address, controls }] = links.labs;
  await inLab(browser, address.replace('lab/', ''), async (page) => {
    // Wherever they stand now, and whatever stands beside them.
    const shown = async () => {
      const found = await page.locator('main').evaluate(controlsOf);
      const named = controls.map(([name]) => found.find(([own]) => own === name) ?? [name]);
      return asKept(named, controls);
    };
    await expect.poll(shown).toEqual(controls);
  });
});

describe('a browser that holds runs', () => {
  const { all, links: runs } = storedEntries();

  test('shows them in the lab, goes on with the kept one, and opens a file', async () => {
    await inLab(
      browser,
      `?${runs['points-epsilon']}`,
      async (page) => {
        await expect
          .poll(() => fact(page, 'Kept in this browser').textContent())
          .toContain('at 30 ');
        // What Reset put aside, and what was kept by hand before there was a shelf.
        await page.getByText(/Points in the plane at step 12/).waitFor();
        await page.getByText(/Kept here: 2×2: \{a, −a\} at step 9/).waitFor();

        await page
          .locator('input[type=file]')
          .setInputFiles('tests/fixtures/edition1/runs/all16.safetensors');
        await page.getByText(/^Loaded: 2×2: all 16 binary images/).waitFor();
        await expect.poll(() => stepOf(page)).toBe(9);
        await button(page, 'Step').click();
        await expect.poll(() => stepOf(page)).toBe(10);
        const [loss] = next.all16.losses;
        await expect.poll(() => fact(page, 'Last batch').textContent()).toContain(loss.toFixed(4));
      },
      async (_, page) => {
        // A page of the book that opens no database.
        await page.goto(`${site}404.html`);
        await page.evaluate(putEntries, all);
      },
    );
  });
});
