import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bothWays, noisyPixel } from '../../src/lib/plots/bound/klFitter.ts';
import { splitExample } from '../../src/lib/plots/going-back/reverseKernel.ts';
import { errorsOf, exactly, frames, launch, settled, site, wake } from './support.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

async function open(path: string, id: string, options = {}) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  const errors = errorsOf(page);
  await page.goto(site + path);
  const box = await wake(page, `figure#${id}`);
  const plot = box.locator('.drag-plot');
  await plot.locator('svg').waitFor();
  // Below the header that stays on the screen.
  await plot.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  await settled(plot);
  return { page, box, plot, errors, close: () => context.close() };
}

/** Screen x of a value, read off two numbers that are printed under the axis. */
async function axis(plot: Locator, low: string, high: string) {
  const middle = async (name: string) => {
    const tick = plot.locator('svg text', { hasText: new RegExp(`^${name}$`) }).last();
    const box = await tick.boundingBox();
    if (!box) throw new Error(`No tick ${name}`);
    return box.x + box.width / 2;
  };
  const number = (name: string) => Number(name.replace('−', '-'));
  const [from, to] = [await middle(low), await middle(high)];
  const unit = (to - from) / (number(high) - number(low));
  return (value: number) => from + (value - number(low)) * unit;
}

/** The nth of the plot's handles from the left. */
async function handleAt(plot: Locator, n: number) {
  const boxes: { x: number; y: number }[] = [];
  for (const dot of await plot.locator('circle[r="7"]').all()) {
    const box = await dot.boundingBox();
    if (box) boxes.push({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
  }
  return boxes.sort((a, b) => a.x - b.x)[n];
}

async function drag(page: Page, from: { x: number; y: number }, x: number) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  // Away from its row too: only across counts.
  await page.mouse.move((from.x + x) / 2, from.y - 10, { steps: 4 });
  await page.mouse.move(x, from.y - 20, { steps: 4 });
  await page.mouse.up();
  await frames(page);
}
const slider = async (box: Locator, name: RegExp) =>
  Number(await box.getByRole('slider', { name }).inputValue());
const stat = exactly;

/** A pixel of the screen and a step of the slider's raster. */
const CLOSE = 0.02;

test('the noisy pixel is dragged along its axis, and the divergence is that of where it lies', async () => {
  const { page, box, plot, errors, close } = await open('going-back/', 'reverse');
  const x = await axis(plot, '−2.0', '2.0');
  await drag(page, await handleAt(plot, 0), x(1));
  const value = await slider(box, /noisy pixel/);
  expect(Math.abs(value - 1)).toBeLessThan(CLOSE);
  await expect.poll(() => stat(box, 'Divergence here')).toBeLessThan(0.325114 / 10);
  // The handle has followed, and the slider says the same number to everyone.
  expect(Math.abs((await handleAt(plot, 0)).x - x(value))).toBeLessThan(1);
  expect(
    await box.getByRole('slider', { name: /noisy pixel/ }).getAttribute('aria-valuetext'),
  ).toBe(value.toFixed(2));
  // A press anywhere else brings it there, and the end of the slider is the end of the drag.
  await drag(page, { x: x(-1), y: (await handleAt(plot, 0)).y - 60 }, x(-2.2) - 40);
  expect(await slider(box, /noisy pixel/)).toBe(-2);
  // Let go of, it stays.
  await page.mouse.move(x(0), 400);
  await frames(page);
  expect(await slider(box, /noisy pixel/)).toBe(-2);
  expect(errors).toEqual([]);
  await close();
});

test('the clean and the noisy pixel are dragged one by one, and the mean is their shares', async () => {
  const { page, box, plot, errors, close } = await open('going-back/', 'posterior');
  const x = await axis(plot, '−2.0', '2.0');
  const mean = () => stat(box, 'mean');
  await drag(page, await handleAt(plot, 0), x(0.5));
  const xt = await slider(box, /noisy pixel/);
  expect(Math.abs(xt - 0.5)).toBeLessThan(CLOSE);
  expect(await slider(box, /clean pixel/)).toBe(1);
  await expect.poll(mean).toBeCloseTo(0.6776309 + 0.3194383 * xt, 5);
  await drag(page, await handleAt(plot, 1), x(-1.5));
  const x0 = await slider(box, /clean pixel/);
  expect(Math.abs(x0 + 1.5)).toBeLessThan(CLOSE);
  expect(await slider(box, /noisy pixel/)).toBe(xt);
  await expect.poll(mean).toBeCloseTo(0.6776309 * x0 + 0.3194383 * xt, 5);
  await page.waitForURL(
    /posterior\.x0=-1\.5\d*&posterior\.xt=0\.(49|5)|posterior\.xt=.*posterior\.x0=/,
  );
  expect(errors).toEqual([]);
  await close();
});

test('the bell is dragged by its top and widened by its side; both divergences follow', async () => {
  const { page, box, plot, errors, close } = await open('bound/', 'kl');
  const x = await axis(plot, '−2', '2');
  await drag(page, await handleAt(plot, 0), x(-0.8));
  const mean = await slider(box, /centre/);
  expect(Math.abs(mean + 0.8)).toBeLessThan(CLOSE);
  await drag(page, await handleAt(plot, 1), x(mean + 1.2));
  const width = Number(
    await box.getByRole('slider', { name: /width/ }).getAttribute('aria-valuetext'),
  );
  expect(Math.abs(width - 1.2)).toBeLessThan(CLOSE);
  expect(await slider(box, /centre/)).toBe(mean);
  // Within the three digits of the width that are printed.
  const cost = bothWays(noisyPixel(splitExample(2), 1), { mean, variance: width ** 2 });
  await expect.poll(() => stat(box, 'Forward KL(truth ‖ bell)')).toBeCloseTo(cost.forward, 2);
  expect(await stat(box, 'Reverse KL(bell ‖ truth)')).toBeCloseTo(cost.reverse, 2);
  expect(errors).toEqual([]);
  await close();
});

test('a finger drags across, and scrolls the page up and down as ever', async () => {
  const phone = { viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true };
  const { page, box, plot, errors, close } = await open('going-back/', 'reverse', phone);
  const touch = await page.context().newCDPSession(page);
  const swipe = async (from: { x: number; y: number }, by: { x: number; y: number }) => {
    const at = (k: number) => [{ x: from.x + k * by.x, y: from.y + k * by.y }];
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(0) });
    for (let k = 1; k <= 10; k++) {
      await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(k / 10) });
      // A finger is seen once a frame.
      await frames(page, 1);
    }
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await frames(page);
  };
  const x = await axis(plot, '−2.0', '2.0');
  const from = await handleAt(plot, 0);
  const before = await page.evaluate(() => scrollY);
  await swipe(from, { x: x(1) - from.x, y: 4 });
  const off = async () => Math.abs((await slider(box, /noisy pixel/)) - 1);
  await expect.poll(off).toBeLessThan(0.04);
  expect(await page.evaluate(() => scrollY)).toBe(before);
  await swipe({ x: x(-1), y: from.y - 20 }, { x: 2, y: -150 });
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(before + 50);
  expect(await off()).toBeLessThan(0.04);
  expect(errors).toEqual([]);
  await close();
});
