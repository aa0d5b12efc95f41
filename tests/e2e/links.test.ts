/** A link that asks for what there is not: the page says what is possible, and shows something else visibly. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, site } from './support.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

test('a widget that trains says which backends and weights there are', async () => {
  const page = await browser.newPage();
  await page.goto(`${site}bound-to-loss/?backend=abacus&heat.weighting=all&heat.prediction=v`);
  const heat = page.locator('#heat');
  await heat.scrollIntoViewIfNeeded();
  const faults = heat.getByRole('alert');
  await expect.poll(() => faults.count()).toBe(2);
  const texts = await faults.allTextContents();
  expect(texts[0]).toMatch(
    /heat\.weighting = “all”\. Expected: one of simple, .*elbo.* Shown: simple/,
  );
  expect(texts[1]).toMatch(/backend = “abacus”\. Expected: one of auto, webgpu, .* Shown: auto/);
  // What it understood is shown; and what the reader then chooses needs no complaint.
  await expect.poll(() => heat.getByLabel('The network predicts').inputValue()).toBe('v');
  await heat.getByLabel('Weights of the loss').selectOption('elbo');
  await expect.poll(() => faults.count()).toBe(1);
  await expect.poll(() => page.url()).toContain('heat.weighting=elbo');
  await page.close();
});

test.each([
  // The example has two steps, whatever T is kept for another schedule, and so many t.
  ['ledger', 'ledger.T=1', /ledger\.T = “1”.*from 2 to 1000\. Shown: 2\.$/],
  ['posterior', 'posterior.T=0', /posterior\.T = “0”.* Shown: 2\.$/],
  ['noise-budget', 'noise-budget.T=1', /noise-budget\.T = “1”.* Shown: 2\.$/],
  ['exact', 'exact.kind=euler', /exact\.kind = “euler”.*one of ddim, ddpm, .* Shown: ddpm\.$/],
  ['exact', 'exact.churn=99', /exact\.churn = “99”.* from 0 to 40\. Shown: 0\.$/],
  // A short chain leaves no room for the t that would be shown otherwise.
  ['any-step', 'any-step.T=5&any-step.t=last', /any-step\.t = “last”.* Shown: 5\.$/],
  [
    'forward-chain',
    'forward-chain.T=2&forward-chain.t=-1',
    /forward-chain\.t = “-1”.* Shown: 2\.$/,
  ],
])('%s says what is shown in place of %s', async (widget, query, said) => {
  const page = await browser.newPage();
  await page.goto(`${site}embed/${widget}/?${query}`);
  const faults = page.locator(`#${widget}`).getByRole('alert');
  await expect.poll(() => faults.allTextContents()).toEqual([expect.stringMatching(said)]);
  await page.close();
});

test('the lab says it of every setting', async () => {
  const page = await browser.newPage();
  await page.goto(`${site}lab/?dataset=cifar&weighting=none&sampler=euler&schedule=tangent`);
  const told = page.getByRole('status').filter({ hasText: 'The address says' });
  await expect.poll(() => told.getByRole('listitem').count()).toBe(4);
  expect(await told.textContent()).toMatch(
    /dataset=cifar; expected one of all16, .*sampler=euler; expected one of ddim, ddpm, .*\. ddim is used instead/,
  );
  await page.close();
});
