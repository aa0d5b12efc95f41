import { truncate, writeFile } from 'node:fs/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  alertOf,
  inLab as anyLab,
  button,
  canTrain,
  datasetOf,
  dismiss,
  drawn,
  frames,
  launch,
  output,
  pauses,
  savedAt,
  savedOnce,
  site,
  standsStill,
  stepOf,
  stepReaches,
  tempFile,
} from './support.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const inLab = (query: string, use: (page: Page, context: BrowserContext) => Promise<void>) =>
  anyLab(browser, query, use);

describe('the lab on every backend', () => {
  for (const backend of ['cpu', 'wasm', 'webgl', 'webgpu']) {
    test(`${backend} trains and samples`, async () => {
      const query = `?dataset=all16&backend=${backend}&base=8&batch=8&steps=3&sampleSteps=2&autostart=1`;
      await inLab(query, async (page) => {
        await stepReaches(page, 3);
        expect(await output(page, 'Backend in use')).toBe(backend);
        expect(Number(await output(page, 'Loss'))).toBeGreaterThan(0);
        await button(page, 'Sample').click();
        await drawn(page, 600_000);
      });
    });
  }
});

test('emoji have colour: in the data, in what is drawn, after Export and Load', async () => {
  // Far enough from the network's beginning, which draws grey.
  const query =
    '?dataset=emoji&backend=wasm&base=8&batch=2&steps=30&lr=0.1&ema=0&sampleSteps=2&autostart=1';
  /** Numbers from 0 to 255: how far red and blue of one pixel lie apart, at most. */
  const colour = (page: Page, place: string) =>
    page
      .locator(`${place} canvas`)
      .first()
      .evaluate((canvas: HTMLCanvasElement) => {
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        return data.reduce(
          (most, red, i) => (i % 4 === 0 ? Math.max(most, Math.abs(red - data[i + 2])) : most),
          0,
        );
      });
  await inLab(query, async (page) => {
    await expect.poll(() => colour(page, '.dataset')).toBeGreaterThan(200);
    await stepReaches(page, 30);
    await button(page, 'Sample').click();
    await drawn(page);
    await expect.poll(() => colour(page, '.sample-panel')).toBeGreaterThan(0);
    const download = page.waitForEvent('download');
    await button(page, 'Export').click();
    const path = await tempFile('emoji.safetensors');
    await (await download).saveAs(path);
    await datasetOf(page).selectOption('two');
    await page.locator('input[type=file]').setInputFiles(path);
    await page.getByText(/^Loaded: Emoji, /).waitFor();
    await expect.poll(() => datasetOf(page).inputValue()).toBe('emoji');
    await expect.poll(() => stepOf(page)).toBe(30);
  });
});

test('Train, Pause, Step, Reset do what they say', async () => {
  await inLab('?dataset=two&backend=wasm&steps=0', async (page) => {
    await button(page, 'Train').click();
    await stepReaches(page, 20);
    expect(Number(await output(page, 'Steps per second'))).toBeGreaterThan(0);
    const at = await pauses(page);
    await button(page, 'Step').click();
    await expect.poll(() => stepOf(page)).toBe(at + 1);
    await button(page, 'Reset').click();
    await expect.poll(() => stepOf(page)).toBe(0);
    expect(await output(page, 'Loss')).toBe('–');
  });
});

test('Step takes one step of a run that was not started, and Sample takes none', async () => {
  await inLab('?dataset=two&backend=wasm', async (page) => {
    await button(page, 'Sample').click();
    await drawn(page);
    expect(await stepOf(page)).toBe(0);
    await button(page, 'Step').click();
    await expect.poll(() => stepOf(page)).toBe(1);
    expect(await standsStill(page)).toBe(1);
    // Until another run is begun, what is shown is what is sampled.
    await datasetOf(page).selectOption('bars');
    await button(page, 'Sample').click();
    await expect.poll(() => button(page, 'Sample').isEnabled()).toBe(true);
    expect(await stepOf(page)).toBe(1);
    await canTrain(page);
  });
});

test('the 2×2 trainer comes near the exact floor shown beside it', async () => {
  // That it comes within 5 % tests/browser/evaluate.test.ts holds; bench/frames.mjs tells how long these take.
  await inLab('?dataset=all16&autostart=1', async (page) => {
    await stepReaches(page, 1);
    const floor = page.locator('.key li', { hasText: 'least possible' });
    await expect
      .poll(
        async () => {
          const gap = /now ([\d.]+) % (above|below)/.exec((await floor.textContent()) ?? '');
          return gap ? Number(gap[1]) : Number.NaN;
        },
        { timeout: 600_000, interval: 300 },
      )
      .toBeLessThan(30);
  });
});

test('a reload in mid-training goes on from the last checkpoint', async () => {
  await inLab('?dataset=two&backend=wasm&steps=0', async (page) => {
    await button(page, 'Train').click();
    await savedOnce(page);
    const before = await stepOf(page);
    expect(before).toBeGreaterThan(0);
    await page.reload();
    await page.getByText(/^Continued at step/).waitFor();
    const told = /step ([\d,]+)/.exec(
      (await page.getByText(/^Continued at step/).textContent()) ?? '',
    );
    expect(Number(told?.[1].replaceAll(',', ''))).toBeGreaterThan(0);
    await stepReaches(page, before + 1);
  });
});

test('a reload of a paused run stands where it stood, and Train goes on', async () => {
  await inLab('?dataset=two&backend=wasm&steps=0', async (page) => {
    await button(page, 'Train').click();
    await stepReaches(page, 20);
    const before = await pauses(page);
    await savedAt(page, before);
    await page.reload();
    await expect.poll(() => stepOf(page)).toBe(before);
    await canTrain(page);
    await button(page, 'Train').click();
    await stepReaches(page, before + 1);
  });
});

test('nonsense in the address is told and replaced', async () => {
  await inLab('?dataset=cats&seed=-3&lr=fast&multipliers=99,9&autostart=maybe', async (page) => {
    const told = page.locator('.warnings');
    await told.waitFor();
    const text = await told.textContent();
    for (const part of [
      'dataset=cats',
      'seed=-3',
      'lr=fast',
      'multipliers=99,9',
      'autostart=maybe',
    ])
      expect(text).toContain(part);
    expect(await datasetOf(page).inputValue()).toBe('all16');
    await button(page, 'Step').click();
    await stepReaches(page, 1);
  });
});

test('settings stand in the address, and a link sets them', async () => {
  await inLab('?dataset=points&prediction=x0&T=50', async (page) => {
    const dataset = datasetOf(page);
    await expect.poll(() => dataset.inputValue()).toBe('points');
    expect(await page.getByLabel('Noise levels T', { exact: true }).inputValue()).toBe('50');
    await dataset.selectOption('bars');
    await page.waitForURL(/dataset=bars/);
    expect(page.url()).not.toContain('prediction=');
  });
});

test('a malformed, a foreign and an oversized checkpoint are refused, and the run stays', async () => {
  const malformed = await tempFile('bad.safetensors');
  await writeFile(malformed, 'this is not a checkpoint, whatever its name says');
  const foreign = await tempFile('foreign.safetensors');
  const header = '{"wte":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}';
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  await writeFile(foreign, Buffer.concat([length, Buffer.from(header), Buffer.alloc(4)]));
  const oversized = await tempFile('oversized.safetensors');
  await writeFile(oversized, '');
  await truncate(oversized, 300e6);
  await inLab('?dataset=two&backend=wasm&steps=0', async (page) => {
    await button(page, 'Train').click();
    await stepReaches(page, 20);
    const before = await pauses(page);
    for (const [file, says] of [
      [malformed, /safetensors/],
      [foreign, /from-noise/],
      [oversized, /has 300\.0 MB; .* so it was not read\./],
    ] as const) {
      await page.locator('input[type=file]').setInputFiles(file);
      const text = await alertOf(page);
      expect(text).toMatch(says);
      expect(text).toMatch(/^[A-Za-z].*\./);
      expect(await stepOf(page)).toBe(before);
      await dismiss(page);
    }
    await button(page, 'Step').click();
    await expect.poll(() => stepOf(page)).toBe(before + 1);
  });
});

test('Save keeps the run, Export writes a file that Load takes', async () => {
  await inLab('?dataset=bars&backend=wasm&steps=0', async (page) => {
    await button(page, 'Train').click();
    await stepReaches(page, 20);
    await button(page, 'Pause').click();
    await button(page, 'Save').click();
    await page.getByText(/Kept here: 2×2: bars and stripes at step/).waitFor();
    const download = page.waitForEvent('download');
    await button(page, 'Export').click();
    const path = await tempFile('export.safetensors');
    await (await download).saveAs(path);
    await datasetOf(page).selectOption('two');
    await page.locator('input[type=file]').setInputFiles(path);
    await page.getByText(/^Loaded: 2×2: bars and stripes/).waitFor();
    await expect.poll(() => datasetOf(page).inputValue()).toBe('bars');
    expect(await page.getByRole('alert').count()).toBe(0);
  });
});

test('keys work, but not while typing', async () => {
  await inLab('?dataset=two&backend=wasm&steps=0', async (page) => {
    // Enabled once the page's own code listens.
    await canTrain(page);
    await page.getByLabel('Seed', { exact: true }).press('t');
    await frames(page);
    expect(await output(page, 'Backend in use')).toBe('none yet');
    expect(await button(page, 'Train').isEnabled()).toBe(true);
    expect(page.workers()).toEqual([]);
    await page.locator('h1').click();
    await page.keyboard.press('t');
    await stepReaches(page, 5);
    await page.keyboard.press('p');
    await canTrain(page);
  });
});

test('MNIST that cannot be had is told, and the drawn digits take its place', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  // The data, not the code that reads them.
  await page.route(/mnist(?!\S*\.js$)|jsdelivr|githubusercontent/i, (route) => route.abort());
  await page.goto(`${site}lab/?backend=wasm`);
  await datasetOf(page).selectOption('mnist');
  await button(page, 'Train').click();
  await page.getByRole('alert').waitFor();
  await expect.poll(() => datasetOf(page).inputValue()).toBe('digits');
  await stepReaches(page, 1);
  await dismiss(page);
  await context.close();
});

test('every picture of a grid has its frame, at the edges too', async () => {
  await inLab('?dataset=all16', async (page) => {
    const grid = page.locator('.lab-data canvas').first();
    await canTrain(page);
    await frames(page);
    const seen = await grid.evaluate((canvas: HTMLCanvasElement) => {
      const { width, height } = canvas;
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, width, height);
      const opaque = (x: number, y: number) => data[4 * (y * width + x) + 3] > 0;
      const xs = Array.from({ length: width }, (_, x) => x);
      const ys = Array.from({ length: height }, (_, y) => y);
      return {
        columns: xs.filter((x) => ys.some((y) => opaque(x, y))),
        rows: ys.filter((y) => xs.some((x) => opaque(x, y))),
        size: [width, height],
      };
    });
    for (const [side, lines] of [seen.columns, seen.rows].entries()) {
      expect(lines[0]).toBeGreaterThan(0);
      expect(lines.at(-1)).toBe(seen.size[side] - 1 - lines[0]);
    }
  });
});

test('on a laptop Train, film and loss are on the first screen, and a number tells what it is', async () => {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  const page = await context.newPage();
  await page.goto(`${site}lab/?dataset=two&backend=wasm&base=8&batch=2&steps=20`);
  await button(page, 'Train').click();
  await stepReaches(page, 20);
  const bottom = async (place: string) => {
    const box = await page.locator(place).first().boundingBox();
    return box ? box.y + box.height : Number.NaN;
  };
  for (const place of ['.film canvas', '.loss-panel svg', '.actions .primary'])
    await expect.poll(() => bottom(place), { message: place }).toBeLessThan(768);
  const [film, loss] = await Promise.all(
    ['.film', '.loss-panel'].map((place) => page.locator(place).boundingBox()),
  );
  expect(loss!.x).toBeGreaterThanOrEqual(film!.x + film!.width);
  await button(page, 'What is “Loss”?').click();
  await page.getByRole('link', { name: 'Chapter: Training' }).filter({ visible: true }).waitFor();
  await context.close();
});

test('on a phone Train is in reach and nothing scrolls sideways', async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  await page.goto(`${site}lab/`);
  // A bare address opens on digits, and says so in the address.
  await page.waitForURL(/dataset=mnist/);
  await page.evaluate(() => scrollTo(0, 600));
  await expect
    .poll(() =>
      button(page, 'Train')
        .boundingBox()
        .then((box) => box!.y),
    )
    .toBeLessThan(844);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await context.close();
});
