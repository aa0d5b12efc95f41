/** Nothing that the lab calls kept is lost: by a second tab, a Reset, a worker that did not load; and what it says is in view. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  alertOf,
  button,
  canTrain,
  datasetOf,
  fact,
  inLab,
  launch,
  output,
  site,
  standsStill,
  stepOf,
  tempFile,
} from './support.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const queryTo = (steps: number) => `?dataset=two&backend=wasm&base=8&batch=2&steps=${steps}`;
const QUERY = queryTo(20);
const stateOf = (page: Page) => page.locator('.lab .state').getAttribute('data-state');
const finishes = (page: Page) => expect.poll(() => stateOf(page)).toBe('finished');
const kept = (page: Page) => fact(page, 'Kept in this browser').textContent();

test('a second tab with the same run says who has it, and takes it over only when asked to', async () => {
  await inLab(browser, QUERY, async (a, context) => {
    const b = await context.newPage();
    await b.goto(`${site}lab/${QUERY}`);
    await canTrain(b);
    await button(a, 'Train').click();
    await finishes(a);
    // What the page says is what the store holds, before anything is pressed, and follows the tab that trains.
    await b.getByText(/This browser keeps the run of these settings at step 20/).waitFor();
    expect(await kept(b)).toContain('at 20');
    await button(b, 'Reset').click();
    expect(await alertOf(b)).toContain('Another tab or trainer of this browser has this run.');
    expect(await kept(a)).toContain('at 20');
    await button(b, 'Take it over').click();
    await b.getByText(/The run of step 20 was taken out, not thrown away/).waitFor();
    await a.getByText(/Another tab took this run over at step 20/).waitFor();
    expect(await kept(a)).toContain('by another tab, at 20');
    // Undo has it back here, and a reload finds it.
    await button(b, 'Undo Reset').click();
    await expect.poll(() => stepOf(b)).toBe(20);
    await b.reload();
    await b.getByText(/^Continued at step 20/).waitFor();
    await finishes(b);
  });
});

test('a kept run is removed only when asked twice, and with it, in every tab, the offer to bring it back', async () => {
  await inLab(browser, QUERY, async (a, context) => {
    await button(a, 'Train').click();
    await finishes(a);
    await button(a, 'Reset').click();
    const notice = a.getByText(/was taken out, not thrown away/);
    await notice.waitFor();
    const b = await context.newPage();
    await b.goto(`${site}lab/${QUERY}`);
    const row = b
      .locator('.shelf li')
      .filter({ hasText: 'Taken out by Reset: 2×2: {a, −a} at step 20' });
    await button(b, 'Remove').click();
    await b.keyboard.press('Enter'); // once too often: it is kept
    await button(b, 'Remove').click();
    expect(await row.count()).toBe(1);
    await button(b, 'Remove for good').click();
    await b.getByText('Removed: 2×2: {a, −a} at step 20.').waitFor();
    expect(await row.count()).toBe(0);
    await expect.poll(() => notice.count()).toBe(0);
  });
});

test('Reset while it trains leaves step 0 and "Ready", and Undo brings run and curve back', async () => {
  await inLab(browser, queryTo(0), async (page) => {
    await button(page, 'Train').click();
    await expect.poll(() => stepOf(page)).toBeGreaterThan(5);
    await button(page, 'Reset').click();
    await page.getByText(/was taken out, not thrown away/).waitFor();
    expect(await stateOf(page)).toBe('idle');
    await expect.poll(() => stepOf(page)).toBe(0);
    expect(await page.locator('.film').count()).toBe(0);
    await button(page, 'Undo Reset').click();
    await expect.poll(() => stepOf(page)).toBeGreaterThan(5);
    await page.locator('.loss-panel svg').first().waitFor();
    expect(await stateOf(page)).toBe('paused');
  });
});

test('what Save, Export and Load say stands in view; a loaded file shows its step, its target and its curve', async () => {
  await inLab(browser, QUERY, async (page) => {
    await button(page, 'Train').click();
    await finishes(page);
    const inView = async (text: RegExp) => {
      const says = page.getByText(text);
      await says.waitFor();
      await expect
        .poll(async () => {
          const box = await says.boundingBox();
          return box !== null && box.y >= 0 && box.y + box.height <= 900;
        })
        .toBe(true);
    };
    await page.evaluate(() => scrollTo(0, 0));
    await page.locator('h1').click();
    await page.keyboard.press('w');
    await inView(/^Saved in this browser at step 20/);
    await page.getByText(/^Kept here: 2×2: \{a, −a\} at step 20/).waitFor();
    const download = page.waitForEvent('download');
    await button(page, 'Get the file').click();
    const path = await tempFile('run.safetensors');
    await (await download).saveAs(path);
    await datasetOf(page).selectOption('bars');
    await page.locator('input[type=file]').setInputFiles(path);
    await inView(/^Loaded: 2×2: \{a, −a\}, .* step 20\.$/);
    await page.locator('.loss-panel svg').first().waitFor();
    expect(await output(page, 'Loss')).not.toBe('–');
    expect(await page.getByLabel('Target', { exact: true }).inputValue()).toBe('20');
    await page.locator('input[type=file]').setInputFiles(import.meta.filename);
    await inView(/not a sound safetensors file/);
  });
});

test('a key does nothing while its button cannot be pressed', async () => {
  await inLab(browser, queryTo(0), async (page) => {
    await canTrain(page);
    await page.locator('h1').click();
    // Nothing is there to be saved or exported yet: a refusal would be an alert.
    for (const key of ['w', 'e', 'p']) await page.keyboard.press(key);
    await page.keyboard.press('t');
    await expect.poll(() => stepOf(page)).toBeGreaterThan(3);
    expect(await page.getByRole('alert').count()).toBe(0);
    // Step is off while it trains: the run goes on.
    const before = await stepOf(page);
    await page.keyboard.press('s');
    await expect.poll(() => stepOf(page)).toBeGreaterThan(before + 5);
    expect(await stateOf(page)).toBe('training');
    await page.keyboard.press('p');
    await standsStill(page);
  });
});

test('curve, floor and target stay those of the run that is shown when the settings change', async () => {
  await inLab(browser, QUERY, async (page) => {
    await button(page, 'Train').click();
    await finishes(page);
    const legend = page.locator('.loss-foot li').nth(1);
    const least = async () =>
      /least possible, [\d.]+/.exec((await legend.textContent()) ?? '')?.[0];
    await legend.waitFor();
    const before = await least();
    expect(before).toBeTruthy();
    await datasetOf(page).selectOption('all16');
    await page.getByText(/^The settings changed/).waitFor();
    expect(await least()).toBe(before);
    await page.getByText('of 20', { exact: true }).waitFor();
    // Samples are those of the run that is shown: it is not put away for an untrained one.
    await button(page, 'Sample').click();
    await page.getByText(/Drawn from the noise of seed/).waitFor();
    expect(await stepOf(page)).toBe(20);
  });
});

test('a number may be typed with a comma', async () => {
  await inLab(browser, QUERY, async (page) => {
    const rate = page.getByLabel('Learning rate', { exact: true });
    await canTrain(page);
    await rate.fill('');
    await rate.pressSequentially('0,01');
    await rate.blur();
    await expect.poll(() => new URL(page.url()).searchParams.get('lr')).toBe('0.01');
  });
});

test('what is being typed stays while the lab is drawn anew', async () => {
  await inLab(browser, queryTo(0), async (page) => {
    await button(page, 'Train').click();
    await expect.poll(() => stepOf(page)).toBeGreaterThan(3);
    const rate = page.getByLabel('Learning rate', { exact: true });
    await rate.fill('0.01');
    // The field keeps the focus: a click would take it away.
    await button(page, 'Pause').dispatchEvent('click');
    await standsStill(page);
    expect(await rate.inputValue()).toBe('0.01');
  });
});

test('a fault of a field goes with the value that it spoke of', async () => {
  await inLab(browser, QUERY, async (page) => {
    const T = page.getByLabel('Noise levels T', { exact: true });
    await canTrain(page);
    await T.fill('1');
    await T.blur();
    await page.getByText(/Expected a whole number from 2 to/).waitFor();
    // The other data set has the same T: what was typed is gone all the same.
    await datasetOf(page).selectOption('bars');
    await expect.poll(() => page.getByText(/Expected a whole number/).count()).toBe(0);
    expect(await T.inputValue()).toBe('100');
  });
});

test('two runs are compared, and their link trains the same two elsewhere', async () => {
  let link = '';
  const kept = async (page: Page, name: string) => {
    await page.getByLabel('Name of this run').fill(name);
    await button(page, 'Keep this run').click();
    await page.getByText(`Kept: ${name}, at step`).waitFor();
  };
  const curves = (page: Page) => page.getByRole('img', { name: /^Losses over each other/ });
  await inLab(browser, QUERY, async (page) => {
    await button(page, 'Train').click();
    await finishes(page);
    await kept(page, 'first');
    await page.getByRole('radio', { name: 'ε' }).check();
    await page.getByLabel('Target', { exact: true }).fill('30');
    await button(page, 'Train').click();
    await expect.poll(() => stepOf(page)).toBe(30);
    await kept(page, 'second');
    await expect.poll(() => curves(page).getAttribute('aria-label')).toMatch(/first: .*second: /);
    const row = page.locator('.compare tr').filter({ hasText: 'Prediction' });
    expect(await row.getByRole('cell').allTextContents()).toEqual(['v', 'ε']);
    await button(page, 'Draw the same noise with each').click();
    for (const name of ['first', 'second'])
      await page.getByRole('img', { name: `Drawn by ${name} from the noise` }).waitFor();
    await button(page, 'Copy a link to all').click();
    await expect.poll(() => new URL(page.url()).searchParams.getAll('run').length).toBe(2);
    link = new URL(page.url()).search;
  });
  // In a browser that has neither.
  await inLab(browser, link, async (page) => {
    const row = (name: string) => page.locator('.shared-runs li').filter({ hasText: name });
    await expect.poll(() => row('second').textContent()).toMatch(/30 steps.*not trained here yet/);
    await button(page, 'Train them, one after the other').click();
    await expect.poll(() => row('first').textContent()).toContain('here at step 20');
    await expect.poll(() => row('second').textContent()).toContain('here at step 30');
    await expect.poll(() => curves(page).getAttribute('aria-label')).toMatch(/first: .*second: /);
  });
});

describe('a worker that could not be loaded', () => {
  test('is replaced when Train is pressed again', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await context.route(/trainWorker.*\.js/, (route) => route.abort());
    await page.goto(`${site}lab/${QUERY}`);
    await canTrain(page);
    await button(page, 'Train').click();
    expect(await alertOf(page)).toContain('it could not be loaded');
    await context.unrouteAll();
    await button(page, 'Train').click();
    await finishes(page);
    await expect.poll(() => stepOf(page)).toBe(20);
    expect(await page.getByRole('alert').count()).toBe(0);
    await context.close();
  });
});
