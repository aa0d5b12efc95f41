import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { errorsOf, exactly, frames, launch, output, site, wake } from './support.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** A widget on its chapter's page, awake, with the page's errors. */
async function widget(path: string, id: string) {
  const page = await browser.newPage();
  const errors = errorsOf(page);
  await page.goto(site + path);
  return { page, box: await wake(page, `figure#${id}`), errors };
}
const value = output;
/** A number of a widget, whole; what is written as text (a step of so many) as it is written. */
const numberOf = async (box: Locator, name: string) => {
  const whole = await exactly(box, name);
  return Number.isNaN(whole) ? Number.parseFloat(await value(box, name)) : whole;
};

async function slide(page: Page, slider: Locator, to: number) {
  await slider.evaluate((input: HTMLInputElement, v) => {
    input.value = String(v);
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }, to);
  await frames(page);
}

test('one step back: two bumps at T = 2 become one as the noise is cut finer', async () => {
  const { page, box, errors } = await widget('going-back/', 'reverse');
  expect(await numberOf(box, 'Divergence here')).toBeCloseTo(0.325114, 6);
  // Four digits mean something to the eye; the rest are there on demand.
  expect(await value(box, 'Divergence here')).toBe('0.3251 nats');
  await box.getByRole('status', { name: 'Divergence here' }).focus();
  await box.getByText(/In full: 0\.3251\d{6,}/).waitFor();
  expect(await value(box, 'Bumps')).toBe('2');
  expect(await value(box, 'Bells at')).toBe('−0.6776, 0.6776');
  await slide(page, box.getByRole('slider', { name: /steps T/ }), 500); // the middle of a log slider: T ≈ 44
  await expect.poll(() => value(box, 'Bumps')).toBe('1');
  expect(await value(box, 'Divergence here')).toMatch(/\s×\s10⁻[⁴-⁹] nats$/);
  await box.getByRole('button', { name: 'Reset' }).click();
  // The finer cut was small too: only from the start again does a small number tell of the pixel.
  await expect.poll(() => value(box, 'Divergence here')).toBe('0.3251 nats');
  // A noisy pixel of 1 leaves the black bump a weight of 1/(1 + e^6.06) = 0.2 %: the best bell is far better there.
  await slide(page, box.getByRole('slider', { name: /noisy pixel/ }), 1);
  await expect.poll(() => numberOf(box, 'Divergence here')).toBeLessThan(0.325114 / 10);
  expect(errors).toEqual([]);
  await page.close();
});

test('a link carries the state of a widget', async () => {
  const { page, box } = await widget('going-back/?posterior.x0=-0.5&posterior.xt=0.5', 'posterior');
  expect(await numberOf(box, 'mean')).toBeCloseTo(0.5 * (0.3194383 - 0.6776309), 5);
  expect(await numberOf(box, 'variance β̃')).toBeCloseTo(0.07142857, 8);
  await page.close();
});

test('the fitter: each button does what it says', async () => {
  const { page, box, errors } = await widget('bound/', 'kl');
  const forward = () => numberOf(box, 'Forward KL(truth ‖ bell)');
  const reverse = () => numberOf(box, 'Reverse KL(bell ‖ truth)');
  await box.getByRole('button', { name: 'N(0, 1)' }).click();
  await expect.poll(forward).toBeCloseTo(0.461995, 5);
  expect(await reverse()).toBeCloseTo(0.93798, 5);
  await box.getByRole('button', { name: 'One bump' }).click();
  await expect.poll(forward).toBeCloseTo(8.310702, 4);
  expect(await reverse()).toBeCloseTo(0.689298, 5);
  await box.getByRole('button', { name: 'Best forward' }).click();
  await expect.poll(forward).toBeLessThanOrEqual(0.461996);
  expect(errors).toEqual([]);
  await page.close();
});

test('the ledger: at T = 2 at once, a thousand steps from its worker', async () => {
  const { page, box, errors } = await widget('bound/', 'ledger');
  expect(await numberOf(box, '−ELBO')).toBeCloseTo(1.116831, 6);
  expect(await numberOf(box, 'entropy')).toBe(1);
  await box.getByRole('combobox', { name: 'Data' }).selectOption('bars');
  await box.getByRole('combobox', { name: 'Schedule' }).selectOption('cosine');
  await slide(page, box.getByRole('slider', { name: /steps T/ }), 1000);
  await expect.poll(() => numberOf(box, '−ELBO')).toBeLessThan(0.66);
  expect(await numberOf(box, 'entropy')).toBeCloseTo(Math.log2(6) / 4, 6);
  await expect.poll(() => numberOf(box, 'standard error')).toBeGreaterThan(0);
  expect(page.workers().map((worker) => worker.url())).toEqual([
    expect.stringContaining('exactWorker'),
  ]);
  expect(errors).toEqual([]);
  await page.close();
});

test('a learned width ends at the closed form, below both fixed ones, and says where', async () => {
  const { page, box, errors } = await widget('bound/?ledger.schedule=linear', 'ledger');
  const choose = (name: string) =>
    box.getByRole('combobox', { name: 'Width of the bells' }).selectOption(name);
  // The number before a choice may stand until the worker has answered.
  const elbo = () => expect.poll(() => numberOf(box, '−ELBO'));
  await choose('σ² = β̃');
  await elbo().toBeCloseTo(1.073707, 6);
  const widths = box.getByRole('img', { name: /^The learned width/ });
  expect(await widths.count()).toBe(0);
  await choose('learned σ²(t)');
  await elbo().toBeLessThan(1.073707);
  const learned = await numberOf(box, '−ELBO');
  expect(await numberOf(box, 'steps of descent')).toBeGreaterThan(1);
  expect(await widths.getAttribute('aria-label')).toMatch(
    /v is 0 at t = 2 and 1 at t = 100; past ½/,
  );
  await choose('best σ²(t)');
  await elbo().toBeCloseTo(learned, 6);
  expect(errors).toEqual([]);
  await page.close();
});

test('a network trained on the page is measured term by term, and stays above the floor', async () => {
  const { page, box, errors } = await widget('bound/', 'model');
  expect(await box.getByRole('button', { name: 'Measure' }).isDisabled()).toBe(true);
  await box.getByRole('button', { name: 'Train' }).click();
  await expect
    .poll(() => numberOf(box, 'training step'), { timeout: 600_000 })
    .toBeGreaterThan(200);
  await box.getByRole('button', { name: 'Measure' }).click();
  await expect
    .poll(() => value(box, 'network, bits per dimension'), { timeout: 600_000 })
    .toContain('±');
  const total = await numberOf(box, 'network, bits per dimension');
  const [, error] = (await value(box, 'network, bits per dimension')).split(' ± ').map(Number);
  expect(total + 4 * error).toBeGreaterThan(await numberOf(box, 'exact denoiser'));
  // The same draws in three accounts: what is learned pays.
  const totals = await box
    .getByRole('img', { name: /^The whole bound/ })
    .getAttribute('aria-label');
  const [tilde, beta, learned] = [
    ...(totals ?? '').matchAll(/σ²(?:\(t\))?(?: = β̃?)? (\d+\.\d+)/g),
  ].map(([, digits]) => Number(digits));
  expect(tilde).toBeCloseTo(total, 3);
  expect(learned).toBeLessThan(Math.min(tilde, beta));
  await box.getByRole('radio', { name: 'learned σ²(t)' }).check({ force: true });
  await expect.poll(() => numberOf(box, 'network, bits per dimension')).toBeCloseTo(learned, 3);
  await box.getByRole('img', { name: /^The learned width.*exact denoiser’s dashed/ }).waitFor();
  expect(errors).toEqual([]);
  await page.close();
});

test('one guess in four languages: drag one, the others follow', async () => {
  const { page, box, errors } = await widget('bound-to-loss/', 'converter');
  const x0 = box.getByRole('slider', { name: /clean pixel x̂₀/ });
  const noise = box.getByRole('slider', { name: /noise ε̂/ });
  await slide(page, x0, 0.5);
  await expect.poll(() => box.getByText('clean pixel x̂₀ (held)').count()).toBe(1);
  const before = await noise.inputValue();
  await slide(page, x0, -0.5);
  await expect.poll(() => noise.inputValue()).not.toBe(before);
  expect(errors).toEqual([]);
  await page.close();
});

test('the weights at t = 500 are the table’s', async () => {
  const { page, box } = await widget('bound-to-loss/', 'weights');
  await expect.poll(() => numberOf(box, 'bound, σ² = β, t = 500')).toBeCloseTo(0.00550343193, 10);
  await box.getByRole('checkbox', { name: 'min-SNR-5' }).check();
  await expect.poll(() => numberOf(box, 'min-SNR-5, t = 500')).toBeGreaterThan(0);
  await page.close();
});

test('the heat map fills while a network trains, and pauses', async () => {
  const { page, box, errors } = await widget('bound-to-loss/', 'heat');
  await expect.poll(() => numberOf(box, 'floor, all t')).toBeGreaterThan(0.1);
  await box.getByRole('button', { name: 'Train' }).click();
  await expect.poll(() => numberOf(box, 'loss, all t'), { timeout: 600_000 }).toBeLessThan(0.5);
  // Ten rectangles are the floor; the columns of the training come on top.
  await expect.poll(() => box.locator('svg rect').count()).toBeGreaterThan(20);
  await box.getByRole('button', { name: 'Pause' }).click();
  await box.getByRole('button', { name: 'Continue' }).waitFor();
  expect(errors).toEqual([]);
  await page.close();
});
