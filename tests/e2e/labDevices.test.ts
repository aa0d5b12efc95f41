/**
 * Arithmetic that breaks, seen through the lab: a lost device, a backend that will not start, a loss that is no number.
 * Each time the page says what happened, what was kept and what to do, and the run goes on from the last good weights.
 */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  alertOf,
  button,
  drawn,
  inLab,
  inWorkerFirst,
  launch,
  output,
  savedOnce,
  stepOf,
  stepReaches,
  trainWorkerOf,
} from './support.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const SMALL = 'dataset=all16&base=8&batch=8&steps=0';

// A WebGL context is lost in tests/browser/failures.test.ts.
test('a device lost in mid-training: told, and the run goes on elsewhere from the kept weights', async () => {
  await inLab(
    browser,
    `?${SMALL}&backend=webgpu&autostart=1`,
    async (page) => {
      await stepReaches(page, 3);
      await savedOnce(page);
      const before = await stepOf(page);
      expect(await output(page, 'Backend in use')).toBe('webgpu');
      await trainWorkerOf(page).evaluate(() => {
        for (const device of (self as unknown as Gpu).devices) device.destroy();
      });
      const text = await alertOf(page);
      const said =
        /^Step (\d+) could not be finished: .* was lost.*\. The weights of step (\d+) are kept\. You need do nothing: training goes on/;
      expect(text).toMatch(said);
      const [, at, kept] = (said.exec(text) ?? []).map(Number);
      expect(kept).toBeGreaterThan(0);
      expect(kept).toBeLessThanOrEqual(at);
      expect(at).toBeGreaterThanOrEqual(before);
      await expect.poll(() => output(page, 'Backend in use')).not.toBe('webgpu');
      await stepReaches(page, at + 5);
      expect(Number(await output(page, 'Loss'))).toBeGreaterThan(0);
    },
    (context) =>
      inWorkerFirst(context, () => {
        const gpu: Gpu = { devices: [] };
        Object.assign(self, gpu);
        const { requestDevice } = GPUAdapter.prototype;
        GPUAdapter.prototype.requestDevice = async function (...given) {
          const device = await requestDevice.apply(this, given);
          gpu.devices.push(device);
          return device;
        };
      }),
  );
});

interface Gpu {
  devices: GPUDevice[];
}

test('a backend that throws at start is skipped, and the page says so', async () => {
  await inLab(
    browser,
    `?${SMALL}&backend=webgpu&autostart=1`,
    async (page) => {
      await stepReaches(page, 3);
      expect(await page.locator('.warnings li > span').textContent()).toMatch(
        /^WebGPU would not start \(.+\); the next backend is used\.$/,
      );
      expect(await output(page, 'Backend in use')).toBe('wasm');
    },
    (context) =>
      inWorkerFirst(context, () => {
        GPUAdapter.prototype.requestDevice = () => Promise.reject(new Error('no device today'));
      }),
  );
});

test('a loss that is not a number: the last good weights are back, and Train goes on from them', async () => {
  await inLab(browser, `?${SMALL}&backend=cpu&kernels=stock&autostart=1`, async (page) => {
    await savedOnce(page);
    // Clipping and Adam hold every learning rate that the lab takes: the arithmetic itself has to break.
    await trainWorkerOf(page).evaluate(() => {
      const { exp } = Math;
      // But for exp(0): a schedule at its whole times is no arithmetic of the network.
      Math.exp = (x) => (x === 0 ? 1 : Number.NaN);
      Object.assign(self, { mend: () => Object.assign(Math, { exp }) });
    });
    const text = await alertOf(page);
    await trainWorkerOf(page).evaluate(() => (self as unknown as { mend(): void }).mend());
    const said =
      /^The loss of step (\d+) is not a number.*The weights of step (\d+), the last good ones, are back in place\. Lower the learning rate, then press Train/;
    expect(text).toMatch(said);
    const kept = Number(said.exec(text)?.[2]);
    expect(kept).toBeGreaterThan(0);
    await expect.poll(() => stepOf(page)).toBe(kept);
    await button(page, 'Sample').click();
    await drawn(page);
    await button(page, 'Train').click();
    await stepReaches(page, kept + 3);
    expect(Number(await output(page, 'Loss'))).toBeGreaterThan(0);
    expect(await page.getByRole('alert').count()).toBe(0);
  });
});
