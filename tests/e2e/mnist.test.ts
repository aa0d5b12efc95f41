/** MNIST itself, where the build found it (npm run data): a reload in mid-training loses nothing that was kept. */
import { existsSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { button, datasetOf, inLab, launch, output, stepOf, stepReaches } from './support.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** The step after which the newest pictures of the film were drawn; NaN while there are none. */
async function filmAt(page: Page): Promise<number> {
  const picture = page.getByRole('img', { name: /drawn from the same noise after/ });
  if ((await picture.count()) === 0) return Number.NaN;
  return Number(
    /after (\d+) of the run/.exec((await picture.getAttribute('aria-label')) ?? '')?.[1],
  );
}

test('training on MNIST survives a reload: the step, the curve and the samples go on', async ({
  skip,
}) => {
  skip(
    !existsSync('dist/data/mnist/train-images-idx3-ubyte.gz'),
    'the built site has no MNIST: "npm run data" puts it there, where it can find or fetch it',
  );
  await inLab(browser, '?dataset=mnist&backend=wasm&base=8&batch=4&steps=0', async (page) => {
    await button(page, 'Train').click();
    const kept = page.locator('.fact').filter({ hasText: 'Kept in this browser' });
    const savedAt = async () =>
      Number(/at ([\d,]+)/.exec((await kept.textContent()) ?? '')?.[1].replaceAll(',', ''));
    await expect.poll(() => filmAt(page)).toBeGreaterThan(0);
    // Far enough that weights of before and fresh ones differ beyond the noise of one batch.
    await expect
      .poll(() => output(page, 'Loss').then(Number), { timeout: 600_000 })
      .toBeLessThan(0.4);
    const learned = await stepOf(page);
    await expect.poll(savedAt, { timeout: 600_000 }).toBeGreaterThanOrEqual(learned);
    const saved = await savedAt();
    const before = await stepOf(page);

    await page.reload();
    const note = page.getByText(/^Continued at step/);
    await note.waitFor();
    const from = Number(
      /step ([\d,]+)/.exec((await note.textContent()) ?? '')?.[1].replaceAll(',', ''),
    );
    expect(from).toBeGreaterThanOrEqual(saved);
    expect(await datasetOf(page).inputValue()).toBe('mnist');
    await stepReaches(page, before + 1);
    await expect.poll(() => filmAt(page)).toBeGreaterThanOrEqual(from);
    const loss = Number(await output(page, 'Loss'));
    expect(loss).toBeGreaterThan(0);
    // Untrained v-prediction has a loss near 1: the weights of before are there.
    expect(loss).toBeLessThan(0.9);
    await button(page, 'Pause').click();
    expect(await page.getByRole('alert').count()).toBe(0);
  });
});
