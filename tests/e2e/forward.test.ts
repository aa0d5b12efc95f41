import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noiseVarianceWithoutRoot } from '../../src/lib/math/mistakes/mistakes.ts';
import { klGaussian } from '../../src/lib/math/numerics/gaussian.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';
import { printNumber } from '../../src/lib/words/printNumber.ts';
import { launch, openMore, settled, site, wake } from './support.ts';

/** Chapters 1 to 3 as a reader uses them: what the widgets say is what floor 0 computes. */
let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** Opens a chapter with the widget on screen and awake. */
async function open(route: string, widget: string): Promise<Page> {
  await page?.context().close();
  page = await (await browser.newContext({ viewport: { width: 1280, height: 1000 } })).newPage();
  await page.goto(site + route);
  await wake(page, `#${widget}`);
  return page;
}
const stat = (name: string) => page.getByRole('status', { name, exact: true });
const shows = (name: string, text: string) =>
  page.waitForFunction(
    ([label, value]) =>
      [...document.querySelectorAll('.stat')].some(
        (box) =>
          box.querySelector('.legend')?.textContent === label &&
          box.querySelector('output')?.textContent === value,
      ),
    [name, text],
  );

describe('from noise', () => {
  it('runs away without the pull, to 1 + Σβ', async () => {
    await open('from-noise/', 'ink');
    await shows('The same at the end', '1.000');
    await page.getByLabel('Shrink by √(1 − β) at each step').uncheck();
    await shows('The same at the end', '11.050');
  });

  it('tells what a word means without leaving the page', async () => {
    await open('from-noise/', 'predict-same-image');
    const meaning = page.locator('#meaning-sample');
    expect(await meaning.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'sample', exact: true }).click();
    await expect.poll(() => meaning.isVisible()).toBe(true);
    expect(await meaning.textContent()).toContain('random draw from a distribution');
    await page.keyboard.press('Escape');
    await expect.poll(() => meaning.isVisible()).toBe(false);
  });

  it('answers a prediction, right or wrong', async () => {
    await open('from-noise/', 'predict-same-image');
    const box = page.locator('#predict-same-image');
    await box.getByRole('button', { name: 'Check' }).click();
    await expect.poll(() => box.textContent()).toContain('Make a guess first');
    await box.getByLabel('Your guess').fill('1/4');
    await box.getByRole('button', { name: 'Check' }).click();
    // One in four: taken for the number of pixels. A hint, and a second try before the answer.
    await expect.poll(() => box.textContent()).toContain('Not yet. 4 is the number of pixels.');
    await box.getByText('A hint:').waitFor();
    expect(await box.getByText('The answer:').isVisible()).toBe(false);
    await box.getByRole('button', { name: 'Check' }).click();
    expect(await box.getByText('The answer:').isVisible()).toBe(false);
    await box.getByLabel('Your guess').fill('1/16');
    await box.getByRole('button', { name: 'Check' }).click();
    await expect.poll(() => box.textContent()).toContain('Yes, at the second try.');
    await box.getByText('The answer: 0.0625').waitFor();
    // Kept, with the answer closed again.
    await page.reload();
    await wake(page, '#predict-same-image');
    await box.getByText('answered at the second try').waitFor();
    expect(await box.getByText('The answer:').isVisible()).toBe(false);
  });
});

it('opens what one should have seen once its widget was used, where nobody looks', async () => {
  await open('markov-chain/', 'bell');
  const block = page.locator('#bell').locator('xpath=following::details[@class="saw"][1]');
  const opened = () => block.evaluate((details: HTMLDetailsElement) => details.open);
  expect(await opened()).toBe(false);
  await page.locator('#bell .widget-title').click();
  // Below the window, wherever it was.
  await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
  await expect.poll(opened).toBe(true);
});

it('copies a formula by keyboard, as LaTeX without the book’s macros and as MathML', async () => {
  await open('markov-chain/', 'bell');
  // Reading the clipboard is not allowed everywhere; what would be written there is enough.
  await page.evaluate(() => {
    navigator.clipboard.writeText = async (text) => {
      document.documentElement.dataset.written = text;
    };
  });
  const copied = () => page.locator(':root').getAttribute('data-written');
  await page.locator('#eq-forwardStep .equation').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect.poll(copied).toMatch(/^\\begin\{aligned\}\\mathbf\{x\}_t &= \\sqrt\{1-\\beta_t\}/);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect.poll(copied).toMatch(/^<math .*<\/math>$/s);
  expect(await copied()).not.toContain('(2.2)');
});

describe('the forward chain', () => {
  it('shows where the mistake ends', async () => {
    await open('markov-chain/', 'forward-chain');
    await page.getByRole('button', { name: 'Linear, T = 1000' }).click();
    await page.getByLabel(/Make the mistake/).check();
    const linear = makeSchedule('linear', 1000);
    const end = noiseVarianceWithoutRoot(linear)[1000];
    expect(end).toBeCloseTo(0.018965032, 9);
    await shows('Noise variance at the end, t = T', printNumber(end, 5));
    const kl = klGaussian(Math.sqrt(linear.alphaBar[1000]), end, 0, 1);
    await shows('KL to N(0, 1) at the end, nats per ±1 pixel', printNumber(kl));
    await expect
      .poll(async () => {
        const text = (await stat('Variance, measured / theory').textContent()) ?? '';
        const [measured, theory] = text.split(' / ').map(Number);
        return Math.abs(theory - 0.019) < 1e-9 && Math.abs(measured / theory - 1);
      })
      .toBeLessThan(0.25);
  });

  it('gives each β of a short chain a slider that works by keyboard, and a link that keeps it', async () => {
    await open('markov-chain/', 'forward-chain');
    await page.getByRole('button', { name: 'β = 0.1, 0.2' }).click();
    await openMore(page.locator('#forward-chain'));
    const sliders = page.getByRole('group', { name: 'β of each step' }).getByRole('slider');
    expect(await sliders.count()).toBe(2);
    await shows('Signal left, √ᾱ', printNumber(Math.sqrt(0.72)));
    await sliders.nth(1).focus();
    await page.keyboard.press('End');
    await shows('Signal left, √ᾱ', printNumber(Math.sqrt(0.9 * 0.001)));
    // The first β stands in the address before the second is written: wait for both, whole.
    await page.waitForURL((url) => url.searchParams.get('forward-chain.betas') === '0.1,0.999');
    await page.goto(page.url());
    await wake(page, '#forward-chain');
    await shows('Signal left, √ᾱ', printNumber(Math.sqrt(0.9 * 0.001)));
    // What the link set is in sight.
    expect(await page.getByRole('slider', { name: /^β₂/ }).inputValue()).toBe('0.999');
  });

  it('takes an image drawn with the keyboard', async () => {
    await open('markov-chain/', 'forward-chain');
    await openMore(page.locator('#forward-chain'));
    await page.locator('#forward-chain').getByText('Draw your own').click();
    await page.getByRole('application').focus();
    await page.keyboard.press('Space');
    for (let i = 0; i < 8; i++) await page.keyboard.press('ArrowDown');
    const white = () =>
      page.getByRole('img', { name: 'x₀: your drawing' }).evaluate((canvas) => {
        const element = canvas as HTMLCanvasElement;
        const data = element.getContext('2d')?.getImageData(0, 0, 28, 28).data ?? [];
        return Array.from(data).filter((v, i) => i % 4 === 0 && v > 200).length;
      });
    await expect.poll(white).toBeGreaterThan(5);
    await page.getByRole('button', { name: 'Clear' }).click();
    await expect.poll(white).toBe(0);
  });
});

describe('any step at once', () => {
  it('jumps to where a thousand steps lead, up to rounding', async () => {
    await open('any-step/', 'any-step');
    const widget = page.locator('#any-step');
    await widget.getByRole('slider', { name: 'Steps T' }).focus();
    await page.keyboard.press('End');
    await widget.getByRole('slider', { name: 'Step t' }).focus();
    await page.keyboard.press('End');
    await expect.poll(() => widget.textContent()).toContain('1000 single steps');
    await expect
      .poll(() => stat('Largest difference between the first two').textContent())
      .toMatch(/×\s10⁻¹[³⁴⁵⁶]$/u);
    await shows('√ᾱ', printNumber(Math.sqrt(makeSchedule('linear', 1000).alphaBar[1000])));
  });

  it('splits the two-step example into 0.72 + 0.08 + 0.2', async () => {
    await open('any-step/', 'noise-budget');
    await shows('Image + noise of each step', '0.72 + 0.08 + 0.2 = 1');
  });

  it('draws a schedule by keyboard and reads all at one cursor', async () => {
    await open('any-step/', 'schedules');
    const row = (name: string) =>
      page
        .locator('#schedules')
        .getByRole('row', { name: new RegExp(`^${name}`) })
        .textContent();
    const linear = makeSchedule('linear', 1000);
    expect(await row('linear')).toContain(printNumber(linear.snr[1000]));
    const before = await row('drawn by you');
    await page.getByLabel('log SNR at t/T = 3 of 6').focus();
    await page.keyboard.press('End');
    await expect.poll(() => row('drawn by you')).not.toBe(before);
    const knots = await page
      .getByRole('group', { name: /Points of your/ })
      .getByRole('slider')
      .evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).valueAsNumber));
    for (let k = 1; k < knots.length; k++) expect(knots[k]).toBeLessThan(knots[k - 1]);
    const chart = page.locator('.cursor-plot').first();
    await chart.locator('svg').first().waitFor();
    await settled(chart);
    const box = await chart.boundingBox();
    if (!box) throw new Error('the first chart is not on screen');
    await chart.click({ position: { x: 48 + 0.25 * (box.width - 68), y: 100 } });
    await expect.poll(() => row('linear')).toContain(printNumber(linear.beta[250]));
  });
});

describe('particles in the plane', () => {
  const box = () => page.locator('#plane');
  const time = () => box().getByRole('slider', { name: /Time t/ });
  /** How many points of the picture's canvas carry colour. */
  const inked = () =>
    box()
      .locator('canvas')
      .first()
      .evaluate((canvas: HTMLCanvasElement) => {
        const { width, height } = canvas;
        const data = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
        let count = 0;
        for (let k = 3; k < data.length; k += 4) if (data[k] > 0) count++;
        return count;
      });

  it('spread as t is dragged, come back on the other way, and a link keeps the moment', async () => {
    await open('from-noise/?plane.t=0&plane.trails=0', 'plane');
    await expect.poll(inked).toBeGreaterThan(1000);
    const whole = await inked();
    await time().focus();
    await page.keyboard.press('End');
    await expect.poll(inked).toBeGreaterThan(1.3 * whole);
    await box().getByRole('radio', { name: 'back', exact: true }).check();
    await page.keyboard.press('Tab');
    await time().focus();
    await page.keyboard.press('Home');
    // The way back is computed while the reader looks; then the shape is as small as it was.
    await expect.poll(inked, { timeout: 120_000 }).toBeLessThan(1.2 * whole);
    await expect.poll(() => page.url()).toContain('plane.way=back');
    await page.reload();
    await wake(page, '#plane');
    await expect.poll(() => box().getByRole('radio', { name: 'back' }).isChecked()).toBe(true);
  });

  it('stand still, in a few moments side by side, for those who want no motion', async () => {
    await page.context().close();
    const context = await browser.newContext({
      viewport: { width: 1280, height: 1000 },
      reducedMotion: 'reduce',
    });
    page = await context.newPage();
    await page.goto(`${site}from-noise/`);
    await wake(page, '#plane');
    await expect.poll(() => box().locator('.plane-moments figure').count()).toBe(10);
    expect(await box().getByRole('button', { name: 'Play' }).count()).toBe(0);
    expect(await time().inputValue()).toBe('0');
  });
});
