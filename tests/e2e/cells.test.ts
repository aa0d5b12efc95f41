/** Whatever a cell prints or fails at reaches the reader, through its worker and on the page. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { button, launch, site } from './support.ts';

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launch();
  page = await browser.newPage({ reducedMotion: 'reduce' });
  await page.goto(`${site}markov-chain/#cell-forgetting`);
  await page.locator('#cell-forgetting').scrollIntoViewIfNeeded();
  await page.locator('#cell-forgetting .cm-content').waitFor();
});
afterAll(() => browser.close());

/** Runs code in a cell of the page, and waits until it shows the text. */
async function shows(code: string, text: string) {
  const cell = page.locator('#cell-forgetting');
  await cell
    .locator('.cm-content')
    .fill(`import { print, table, chart } from 'from-noise/cell';\n${code}`);
  await cell.getByRole('button', { name: 'Run' }).click();
  await expect.poll(() => cell.locator('.widget-body').innerText()).toContain(text);
  await cell.getByRole('button', { name: 'Run' }).waitFor();
  return cell.locator('.widget-body').innerText();
}

const line =
  "{ mark: 'lineY', data: [{ x: 1, y: 2 }, { x: 2, y: 3 }], channels: { x: 'x', y: 'y' } }";

describe('a cell on its page', () => {
  it('prints whole numbers in full, in lines and in tables', async () => {
    expect(await shows('print(2 ** 31); table([{ n: 4294967295 }]);', '4294967295')).toContain(
      '2147483648',
    );
  });
  it('shows its console', () =>
    shows("console.log('from the console', 42)", 'from the console 42'));
  it('waits for what promises print', () =>
    shows("Promise.resolve().then(() => print('printed later'));", 'printed later'));
  it('shows a failure that nobody awaited', () =>
    shows("void Promise.reject(new Error('not awaited'));", 'Error: not awaited'));
  it('shows a failure of a callback that no timer called', () =>
    shows(
      "queueMicrotask(() => { throw new Error('in a microtask'); });",
      'Error: in a microtask',
    ));
  it('says why a chart with an unknown mark is not drawn', () =>
    shows("chart({ marks: [{ mark: 'pie' as any, data: [1] }] });", 'found pie'));
  it('says why Plot could not draw a chart', () =>
    shows(`chart({ y: { type: 'wiggle' }, marks: [${line}] });`, 'could not be drawn'));
  it('draws one that can be drawn', async () => {
    await shows(`chart({ marks: [${line}] }); print('after the chart');`, 'after the chart');
    await page.locator('#cell-forgetting .widget-body svg').first().waitFor();
  });
  it('runs as it stands where its editor cannot be fetched, and says so', async () => {
    const poor = await browser.newPage({ reducedMotion: 'reduce' });
    await poor.route(/cellEditor[^/]*\.js/, (route) => route.abort());
    await poor.goto(`${site}markov-chain/#cell-forgetting`);
    const cell = poor.locator('#cell-forgetting');
    await cell.scrollIntoViewIfNeeded();
    await expect
      .poll(() => cell.getByRole('alert').innerText({ timeout: 60_000 }))
      .toContain('editor could not be fetched');
    await cell.getByRole('button', { name: 'Run' }).click();
    await expect
      .poll(() => cell.locator('.widget-body').innerText())
      .toContain('past and future, correlation');
    await poor.close();
  });
});

describe('the code of a cell', () => {
  const cellOf = async (url: string) => {
    const context = await browser.newContext({ reducedMotion: 'reduce' });
    onTestFinished(() => context.close());
    const other = await context.newPage();
    await other.goto(url);
    const cell = other.locator('#cell-forgetting');
    await cell.scrollIntoViewIfNeeded();
    await cell.locator('.cm-content').waitFor();
    return { other, cell, body: cell.locator('.widget-body') };
  };

  it('has run at build, and comes back after an edit and a reload; a link brings it, but does not run it', async () => {
    const { other, cell, body } = await cellOf(`${site}markov-chain/`);
    // Nobody has pressed Run.
    expect(await body.innerText()).toContain('past and future, correlation');
    await cell.locator('.cm-content').fill("document.title = 'run'; console.log('mine')");
    await cell.getByText('Your own version').waitFor();
    await button(cell, 'Link').click();
    await expect.poll(() => other.url()).toContain('cell-forgetting.code=');
    const link = other.url();
    await other.goto(`${site}markov-chain/`);
    await cell.scrollIntoViewIfNeeded();
    await cell.getByText('Your own version').waitFor();
    await expect.poll(() => cell.locator('.cm-content').innerText()).toContain('mine');
    await button(cell, 'Reset').click();
    await expect.poll(() => body.innerText()).toContain('past and future, correlation');

    const sent = await cellOf(link);
    await sent.cell.getByText('came with the link').waitFor();
    await expect.poll(() => sent.cell.locator('.cm-content').innerText()).toContain('mine');
    expect(await sent.body.isVisible()).toBe(false);
    await button(sent.cell, 'Run').click();
    // A cell has no document: what a link brings cannot reach the page.
    await expect.poll(() => sent.body.innerText()).toContain('document is not defined');

    const cut = await cellOf(link.replace(/code=[^#]*/, (code) => code.slice(0, -12)));
    await cut.cell.getByText('cut off or changed').waitFor();
    expect(await cut.cell.locator('.cm-content').innerText()).toContain('createRng');
  });

  it('is completed with the names of the book, and imports what was chosen', async () => {
    const { other, cell } = await cellOf(`${site}markov-chain/`);
    await cell.locator('.cm-content').fill('');
    await other.keyboard.type('priorPar');
    const offered = other.getByRole('option', { name: /priorParts/ });
    await offered.waitFor();
    await offered.click();
    await expect
      .poll(() => cell.locator('.cm-content').innerText())
      .toContain("import { priorParts } from 'from-noise/math';");
  });
});
