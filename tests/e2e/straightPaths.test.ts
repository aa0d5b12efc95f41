import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { button, errorsOf, exactly, frames, launch, output, site, wake } from './support.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** A widget of the chapter, awake, with the page's errors. */
async function widget(id: string, query = '') {
  const page = await browser.newPage();
  const errors = errorsOf(page);
  await page.goto(`${site}straight-paths/${query}`);
  return { page, box: await wake(page, `figure#${id}`), errors };
}
const percent = async (box: Locator, name: string) => Number.parseFloat(await output(box, name));

async function slide(page: Page, slider: Locator, to: number) {
  await slider.evaluate((input: HTMLInputElement, v) => {
    input.value = String(v);
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }, to);
  await frames(page);
}

test('one step along the mean of crossing lines ends nowhere; along the lines of reflow it ends on the shape', async () => {
  const { page, box, errors } = await widget('reflow');
  await expect.poll(() => output(box, 'On the shape'), { timeout: 120_000 }).toBe('0.0 %');
  await button(box, 'Reflow').click();
  await expect
    .poll(() => percent(box, 'On the shape after reflow'), { timeout: 240_000 })
    .toBeGreaterThan(85);
  const [bend, after] = [await exactly(box, 'Bend'), await exactly(box, 'Bend after reflow')];
  expect(after).toBeLessThan(bend / 100);
  expect(errors).toEqual([]);
  await page.close();
});

test('fifty steps end on the shape, and the straight path bends more than the chain', async () => {
  const { page, box, errors } = await widget('flow-plane');
  await expect.poll(() => percent(box, 'On the shape'), { timeout: 120_000 }).toBeGreaterThan(98);
  const straight = await exactly(box, 'Bend of the exact ways');
  await box.getByLabel('variance-preserving chain').check();
  await expect
    .poll(() => exactly(box, 'Bend of the exact ways'), { timeout: 120_000 })
    .toBeLessThan(straight / 2);
  expect(errors).toEqual([]);
  await page.close();
});

test('an answer is one line through what is seen, and two codes turn its sign', async () => {
  const { page, box, errors } = await widget('flow-converter', '?flow-converter.xt=0.2');
  const row = (name: string) => box.getByRole('row', { name: new RegExp(`^${name}`) });
  expect(await row('this book').textContent()).toContain('noise − data = −2');
  expect(await row('torchcfm').textContent()).toContain('data − noise = 2');
  await slide(page, box.getByRole('slider', { name: /velocity/ }), 1);
  await expect.poll(() => row('RectifiedFlow').textContent()).toContain('data − noise = −1');
  // The datum held at the velocity 1: x̂₀ = x_t − t.
  expect(await row('EDM').textContent()).toContain('x̂₀ = −0.2');
  expect(errors).toEqual([]);
  await page.close();
});
