import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  addressSays,
  errorsOf,
  exactly,
  frames,
  launch,
  output,
  settled,
  site,
  wake,
} from './support.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

async function open(path: string, id: string) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const errors = errorsOf(page);
  await page.goto(site + path);
  const box = await wake(page, `figure#${id}`);
  await box.locator('.plot svg').first().waitFor();
  return { page, box, errors };
}
const slider = (box: Locator, name: RegExp) => box.getByRole('slider', { name });
const numberAt = async (box: Locator, name: RegExp) => Number(await slider(box, name).inputValue());

/** The nth handle from the left, in the middle of the screen. */
async function handle(box: Locator, n: number) {
  const plot = box.locator('.drag-plot');
  await plot.evaluate((e) => e.scrollIntoView({ block: 'center' }));
  await settled(plot);
  // All at once: the plot is drawn anew while it is dragged.
  const spots = await plot.locator('circle[r="7"]').evaluateAll((dots) =>
    dots.map((dot) => {
      const { x, y, width, height } = dot.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    }),
  );
  return spots.sort((a, b) => a.x - b.x)[n];
}
async function drag(page: Page, from: { x: number; y: number }, dx: number) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + dx / 2, from.y, { steps: 4 });
  await page.mouse.move(from.x + dx, from.y, { steps: 4 });
  await page.mouse.up();
  await frames(page);
}

test('the bell is moved by its top and widened by its side; the area stays 1 and a link keeps it', async () => {
  const { page, box, errors } = await open('markov-chain/', 'bell');
  const side = await handle(box, 1);
  await drag(page, await handle(box, 0), 80);
  await expect.poll(() => numberAt(box, /mean/)).toBeGreaterThan(0.3);
  // The plot follows a moment later: only then can the side be taken hold of where it is drawn.
  await expect.poll(async () => (await handle(box, 1)).x - side.x).toBeGreaterThan(40);
  expect(await numberAt(box, /standard deviation/)).toBe(1);
  await drag(page, await handle(box, 1), 60);
  await expect.poll(() => numberAt(box, /standard deviation/)).toBeGreaterThan(1.2);
  const deviation = await numberAt(box, /standard deviation/);
  expect(await output(box, 'area under the whole curve')).toBe('1');
  expect(await exactly(box, 'area under the whole curve')).toBeCloseTo(1, 6);
  expect(await exactly(box, 'variance σ²')).toBeCloseTo(deviation ** 2, 9);
  const mean = await numberAt(box, /mean/);
  await addressSays(page, 'bell.deviation', deviation);
  await addressSays(page, 'bell.mean', mean);
  await page.reload();
  const again = await wake(page, 'figure#bell');
  await expect.poll(() => numberAt(again, /mean/)).toBeCloseTo(mean, 6);
  await expect.poll(() => numberAt(again, /standard deviation/)).toBeCloseTo(deviation, 6);
  expect(errors).toEqual([]);
  await page.close();
});

test('by keyboard: a higher top is a narrower bell', async () => {
  const { page, box, errors } = await open('markov-chain/?bell.deviation=0.5', 'bell');
  const deviation = () => slider(box, /standard deviation/).getAttribute('aria-valuetext');
  await expect.poll(deviation).toBe('0.50');
  await slider(box, /height/).focus();
  for (let k = 0; k < 10; k++) await page.keyboard.press('ArrowRight');
  await expect.poll(async () => Number(await deviation())).toBeLessThan(0.5);
  // Height times width does not change: 1/√(2π).
  expect(await output(box, 'height × width σ')).toBe('0.3989');
  await slider(box, /mean/).focus();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => numberAt(box, /mean/)).toBeCloseTo(-0.05, 9);
  expect(errors).toEqual([]);
  await page.close();
});

test('the two histograms of many steps and of one jump stand on one scale', async () => {
  const { page, box, errors } = await open('any-step/?any-step.t=3', 'any-step');
  await expect.poll(() => box.locator('.plot svg').count()).toBe(2);
  const tops = () =>
    box
      .locator('.plot svg')
      .evaluateAll((all) =>
        all.map(
          (svg) =>
            (svg as unknown as { scale(n: string): { domain: number[] } }).scale('y').domain[1],
        ),
      );
  await expect.poll(async () => new Set(await tops()).size).toBe(1);
  expect(errors).toEqual([]);
  await page.close();
});
