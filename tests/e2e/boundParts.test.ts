/** The ledgers: both parts of the prior, σ₁² by name, links that ask for what is not there, data that cannot be had. */
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { errorsOf, exactly, launch, output, site, wake } from './support.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const numberOf = exactly;
/** What the x-axes of a widget's plots are marked with. */
const ticksOf = (box: Locator, plot: RegExp) =>
  box
    .getByRole('img', { name: plot })
    .locator('g[font-variant="tabular-nums"]:not([text-anchor]) text')
    .allTextContents();

async function at(
  path: string,
  widget: string,
): Promise<{ page: Page; box: Locator; errors: string[] }> {
  const page = await browser.newPage();
  const errors = errorsOf(page);
  await page.goto(site + path);
  return { page, box: await wake(page, widget), errors };
}

test('the ledger has what the end tells and the wrong start, which make up the prior', async () => {
  const { page, box, errors } = await at('bound/?ledger.unit=nats', '#ledger');
  await expect.poll(() => numberOf(box, 'prior')).toBeCloseTo(2.545931, 5);
  expect(await numberOf(box, 'of it: left of the image')).toBeCloseTo(2.222006, 5);
  expect(await numberOf(box, 'of it: the wrong start')).toBeCloseTo(0.3239253, 5);
  // Two steps have one term, at a whole t.
  await expect.poll(() => ticksOf(box, /^Each step/)).toEqual(['2']);
  expect(errors).toEqual([]);
  await page.close();
});

test('σ₁² of DDPM’s bins is chosen by name, and the link keeps it', async () => {
  const { page, box, errors } = await at(
    'bound/?ledger.unit=nats&ledger.variance=beta&ledger.decoder=discretized',
    '#ledger',
  );
  await expect.poll(() => numberOf(box, 'reconstruction')).toBeCloseTo(0.0234356, 6);
  await box.getByRole('radio', { name: 'β̃₂, as the code' }).check({ force: true });
  await expect.poll(() => numberOf(box, 'reconstruction')).toBeCloseTo(0.0251666, 6);
  await expect.poll(() => page.url()).toContain('ledger.first=betaTilde2');
  await page.reload();
  const again = await wake(page, '#ledger');
  await expect.poll(() => numberOf(again, 'reconstruction')).toBeCloseTo(0.0251666, 6);
  expect(errors).toEqual([]);
  await page.close();
});

test('a link that asks for an unknown name is told what is possible, until the reader chooses', async () => {
  const { page, box, errors } = await at(
    'bound/?ledger.decoder=discretized&ledger.first=beta3&ledger.schedule=square',
    '#ledger',
  );
  const alerts = box.getByRole('alert');
  await expect.poll(() => alerts.count()).toBe(2);
  const said = (await alerts.allTextContents()).join(' ');
  expect(said).toContain(
    'ledger.first = “beta3”. Expected: one of beta1, betaTilde2. Shown: beta1.',
  );
  expect(said).toMatch(/ledger\.schedule = “square”. Expected: one of example, linear, cosine/);
  await box.getByRole('combobox', { name: 'Schedule' }).selectOption('linear');
  await expect.poll(() => alerts.count()).toBe(1);
  await box.getByRole('button', { name: 'Reset' }).click();
  await expect.poll(() => alerts.count()).toBe(0);
  expect(errors).toEqual([]);
  await page.close();
});

test('MNIST that cannot be had: nothing is measured in its place, and the widget offers what can be', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await context.route(/^(?!http:\/\/localhost)/, (route) => route.abort());
  await context.route(/\/data\/mnist\//, (route) => route.abort());
  await page.goto(`${site}bound/?model.of=mnist`);
  const box = await wake(page, '#model');
  await box.getByRole('button', { name: 'Measure', exact: true }).click();
  const alert = box.getByRole('alert');
  await alert.waitFor({ timeout: 120_000 });
  const said = (await alert.textContent()) ?? '';
  expect(said).toContain(
    'Nothing was measured, and no other data were put in the place of "mnist"',
  );
  expect(said).not.toContain('grey levels');
  expect(await output(box, 'network, bits per dimension')).toBe('…');
  await alert.getByRole('button', { name: /small network/ }).click();
  await expect.poll(() => alert.count()).toBe(0);
  await expect.poll(() => box.getByRole('button', { name: 'Train' }).isEnabled()).toBe(true);
  await context.close();
});

test('the plots of chapter 7 count their steps in whole numbers', async () => {
  const { page, box } = await at('going-back/?posterior.T=2', '#posterior');
  const labels = () => box.locator('.plot svg text').allTextContents();
  await expect.poll(async () => (await labels()).length).toBeGreaterThan(0);
  const shares = box.locator('[role=img]').last();
  await expect
    .poll(() =>
      shares.locator('g[font-variant="tabular-nums"]:not([text-anchor]) text').allTextContents(),
    )
    .toEqual(['1', '2']);
  await page.close();
});
