import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, site } from './support.ts';

/** Widgets of the network, the 2×2 example and the mistakes: each is used as a reader would. */
let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

async function open(path: string) {
  const page = await browser.newPage({ reducedMotion: 'reduce' });
  await page.goto(site + path);
  // On an embed the one island wakes at once; on a chapter each when it is seen.
  if (path.startsWith('embed/'))
    await page.waitForFunction(() => !document.querySelector('astro-island[ssr]'));
  return page;
}

describe('the network', () => {
  it('opens a block to its formula, and shows its activations for a digit', async () => {
    const page = await open('embed/network/?network.config=deep');
    await page.getByRole('button', { name: /^Down 1/ }).click();
    await expect.poll(() => page.locator('.layer-panel .katex').count()).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Run the network' }).click();
    await page.getByRole('img', { name: '16 feature maps of 28 by 28' }).waitFor();
    await page.getByRole('button', { name: /^Middle/ }).click();
    await page.getByRole('img', { name: '64 feature maps of 7 by 7' }).waitFor();
    await page.close();
  });
});

describe('four pixels', () => {
  it('computes what its sliders say', async () => {
    const page = await open('embed/four-pixels/?four.betas=0.1,0.2&four.table=bound');
    const bound = page.getByRole('region', { name: 'Terms of the bound in nats' });
    await expect.poll(() => bound.textContent()).toContain('2.54593');
    await page.getByLabel(/^β₂/).fill('0.9');
    await expect.poll(() => bound.textContent()).not.toContain('2.54593');
    await expect.poll(() => page.url()).toContain('four.betas=0.1%2C0.9');
    await page.close();
  });

  it('trains a network and lays it beside the exact answer', async () => {
    const page = await open('embed/learned-vs-exact/');
    await page.getByRole('button', { name: 'Train and compare' }).click();
    await page.getByText('p-value').waitFor({ timeout: 600_000 });
    const read = async (label: string) =>
      Number(await page.getByLabel(label, { exact: true }).textContent());
    const [loss, floor] = [await read('Loss of the network'), await read('Least possible loss')];
    // The running mean over 100 batches of 128 images wanders by about 3 %.
    expect(loss).toBeGreaterThan(0.9 * floor);
    expect(loss).toBeLessThan(1.3 * floor);
    await page.close();
  });
});

describe('mistakes', () => {
  it('lights up the numbers of a mistake that is switched on', async () => {
    const page = await open('mistakes/');
    const row = page.locator('#mistake-13');
    await row.scrollIntoViewIfNeeded();
    const wrong = row.locator('.wrong dd').first();
    expect(await wrong.textContent()).toBe('0.01896503');
    const line = () => wrong.evaluate((node) => getComputedStyle(node).textDecorationLine);
    await expect.poll(line).toBe('line-through');
    await row.getByRole('checkbox').check();
    await expect.poll(line).toBe('none');
    await page.close();
  });

  it('traces the broken network to PyTorch’s own words', async () => {
    const page = await open('embed/shape-trace/');
    await expect
      .poll(() => page.locator('.error').textContent())
      .toContain('mat1 and mat2 shapes cannot be multiplied');
    await page.getByText('float [B, 1]').click();
    await page.getByLabel('Spread the embedding over the image').check();
    await page.getByLabel('Mend the channels of the way up').check();
    await expect
      .poll(() => page.locator('.error').textContent())
      .toContain('Expected size 6 but got size 7');
    await page.getByText('32', { exact: true }).click();
    await page.getByText('It runs: 1,140,145 parameters').waitFor();
    await page.close();
  });

  it('hides a bug, trains it, and reveals it', async () => {
    const page = await open('embed/bug-lab/');
    await page.getByRole('button', { name: 'Train a mystery' }).click();
    await page.getByRole('button', { name: 'Reveal' }).click({ timeout: 600_000 });
    await page.getByText('The broken line:').waitFor();
    await page.close();
  });
});

describe('for a lecture', () => {
  it('hides what the address asks to hide, and nothing else', async () => {
    const page = await open('embed/ledger/?hide=controls,caption');
    await page.locator('figure.widget').waitFor();
    expect(await page.locator('.widget .controls:visible').count()).toBe(0);
    expect(await page.locator('.widget figcaption:visible').count()).toBe(0);
    expect(await page.getByText('The ledger').first().isVisible()).toBe(true);
    const whole = await open('embed/ledger/');
    await whole.locator('figure.widget').waitFor();
    expect(await whole.locator('.widget .controls:visible').count()).toBeGreaterThan(0);
    await page.close();
    await whole.close();
  });

  it('fills a projector with type to match, and leads back to its place with what is set', async () => {
    const page = await browser.newPage({
      viewport: { width: 1920, height: 1080 },
      reducedMotion: 'reduce',
    });
    await page.goto(`${site}embed/reverse/?reverse.xt=0.5`);
    const widget = page.locator('figure#reverse');
    await widget.waitFor();
    const filled = async () => {
      const box = await widget.boundingBox();
      return box ? (box.width * box.height) / (1920 * 1080) : 0;
    };
    await expect.poll(filled).toBeGreaterThan(0.88);
    // No more than the window: nothing to scroll in a lecture.
    const over = () => page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
    await expect.poll(over).toBeLessThanOrEqual(0);
    // Half as large again as on a window of 1280 × 720, in the plots too.
    const tick = widget.locator('.plot svg text', { hasText: /^0\.5$/ }).first();
    await expect.poll(async () => (await tick.boundingBox())?.height ?? 0).toBeGreaterThan(18);
    await page.getByRole('button', { name: 'Embed' }).click();
    const code = await page.getByRole('textbox').inputValue();
    expect(code).toContain('/embed/reverse/?reverse.xt=0.5"');
    const height = Number(/ height="(\d+)"/.exec(code)?.[1]);
    await page.getByRole('button', { name: 'Close' }).click();
    // In a frame of that height nothing scrolls.
    await page.setViewportSize({ width: 960, height });
    await expect.poll(over).toBeLessThanOrEqual(0);
    await page.getByRole('link', { name: /^From Noise: / }).click();
    await page.waitForURL(/going-back\/\?reverse\.xt=0\.5#reverse$/);
    await page.close();
  });

  it('shows the theme that the address asks for', async () => {
    const page = await open('embed/kl/?theme=dark');
    expect(
      await page.evaluate(
        () =>
          getComputedStyle(document.body).colorScheme ||
          getComputedStyle(document.documentElement).colorScheme,
      ),
    ).toContain('dark');
    await page.close();
  });
});

describe('cells', () => {
  it('run the reader’s own code, stop an endless loop, and come back to the start', async () => {
    const page = await browser.newPage({ reducedMotion: 'reduce' });
    await page.goto(`${site}any-step/`);
    const cell = page.locator('#cell-schedule');
    await cell.scrollIntoViewIfNeeded();
    // The cell’s code holds the same words: look in its output alone.
    const output = cell.locator('.cell-text', { hasText: 'ᾱ at the end' });
    await cell.locator('.cm-content').waitFor();
    await cell.getByRole('button', { name: 'Run' }).click();
    await output.waitFor();
    await cell.locator('.cm-content').fill('for (;;);');
    await cell.getByRole('button', { name: 'Run' }).click();
    await cell.getByRole('button', { name: 'Stop' }).click();
    await cell.getByText('Stopped.').waitFor();
    await cell.getByRole('button', { name: 'Reset' }).click();
    await expect.poll(() => cell.getByText('Stopped.').count()).toBe(0);
    await output.waitFor();
    await page.close();
  });
});
