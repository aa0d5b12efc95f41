import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addressSays, errorsOf, exactly, launch, output, site, wake } from './support.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const turn = (box: Locator, to: number) =>
  box.getByRole('slider', { name: /guidance/ }).evaluate((input: HTMLInputElement, v) => {
    input.value = String(v);
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }, to);

test('guidance: the two laws are one at 1 and part beyond; a point near the other class is lost; a link keeps the dial', async () => {
  const page = await browser.newPage();
  const errors = errorsOf(page);
  await page.goto(`${site}sampling/`);
  const box = await wake(page, 'figure#guided-law');
  const [tilted, ends] = ['mean of p(x₀) p(c|x₀)ᵍ', 'mean of the guided ends'];
  await expect.poll(() => exactly(box, ends)).toBeCloseTo(1.3245, 3);
  expect(await exactly(box, tilted)).toBeCloseTo(1.0355, 3);
  await turn(box, 1);
  await expect.poll(() => exactly(box, ends)).toBeCloseTo(1, 3);
  expect(await exactly(box, tilted)).toBeCloseTo(1, 3);
  await box.getByText('four points').click();
  await turn(box, 4);
  await addressSays(page, 'guidance.g', 4);
  await expect.poll(() => output(box, 'ends at 0.2')).toBe('0.0 %');
  expect(await output(box, 'ends at 1')).toBe('100.0 %');
  expect(errors).toEqual([]);
  await page.close();
});
