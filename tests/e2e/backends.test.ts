/**
 * Every page that trains or samples, on every backend: its button is pressed, the worker runs on the backend that the
 * address asked for, and its first output is seen. On the software adapters, which take most of a minute to compile a
 * training step, one page of each kind of work does so (`gpu`). Of the others it is seen that they ask the worker for that
 * backend: it is the same worker, whose numbers on every backend tests/browser holds.
 *
 * The other pages load no TensorFlow.js: they compute in plain TypeScript on the processor, the same whatever backend
 * the address names, so pages.test.ts and the chapters' own tests visit them once. /bench/ measures each backend by
 * itself (bench.test.ts), and lab.test.ts runs the lab on all four. Pages under /embed/, and those of another language,
 * hold the same islands with the same code: one host of them is here, the gallery.
 */
import { globSync, readFileSync } from 'node:fs';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorsOf, launch, output, site, wake } from './support.ts';

interface Case {
  route: string;
  widget: string;
  press: string;
  /** What is there once the first output is: above 0. */
  seen: (box: Locator) => Promise<number>;
  query?: string;
  /** Its first output is waited for on WebGPU and WebGL too. */
  gpu?: true;
}

const stepIn = (name: string) => async (box: Locator) =>
  Number.parseInt(await output(box, name), 10);
const progress = async (box: Locator) => {
  const bar = box.getByRole('progressbar', { name: 'Training' });
  return (await bar.count()) ? Number(await bar.getAttribute('value')) : 0;
};
const pictures = (name: RegExp) => (box: Locator) => box.getByRole('img', { name }).count();

const CASES: Case[] = [
  {
    route: '',
    widget: '.live-strip',
    press: 'Start',
    // Until it draws, the strip shows its record, without a canvas.
    seen: async (box) =>
      (await box.locator('canvas').count()) &&
      Number(await box.getByRole('slider', { name: /Steps taken/ }).inputValue()),
  },
  { route: 'training/', widget: '#trainer', press: 'Train', seen: stepIn('Step') },
  {
    route: 'sampling/',
    widget: '#sampler',
    press: 'Sample',
    gpu: true,
    seen: pictures(/^What is drawn, at t = 0/),
    query: '&sampler.steps=1&sampler.guidance=1',
  },
  {
    route: 'network/',
    widget: '#network',
    press: 'Run the network',
    gpu: true,
    seen: pictures(/feature maps of/),
    query: '&network.config=deep',
  },
  { route: 'bound/', widget: '#model', press: 'Train', seen: stepIn('training step') },
  { route: 'bound-to-loss/', widget: '#heat', press: 'Train', seen: stepIn('step') },
  {
    route: 'four-pixels/',
    widget: '#learned-vs-exact',
    press: 'Train and compare',
    seen: progress,
  },
  { route: 'mistakes/', widget: '#bug-lab', press: 'Train a mystery', seen: progress },
  { route: 'gallery/', widget: '#bug-lab', press: 'Train a mystery', seen: progress },
];

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

async function runs({ route, widget, press, seen, query = '', gpu }: Case, backend: string) {
  const carriedOut = gpu || backend === 'wasm' || backend === 'cpu';
  const context = await browser.newContext();
  // What the training workers of the page say they run on, or, where none shall, what they are asked to run on.
  await context.addInitScript((listen) => {
    const said: string[] = [];
    Object.assign(globalThis, { said });
    globalThis.Worker = class extends Worker {
      constructor(...given: ConstructorParameters<typeof Worker>) {
        super(...given);
        this.addEventListener('message', ({ data }) => {
          const name = data?.backend?.name ?? data?.value?.backend?.name;
          if (listen && name) said.push(name);
        });
      }
      override postMessage(message: unknown, ...rest: never[]) {
        const asked = /"backend":"(\w+)"/.exec(JSON.stringify(message) ?? '')?.[1];
        if (listen || !asked) super.postMessage(message, ...rest);
        else said.push(asked);
      }
    };
  }, carriedOut);
  const page = await context.newPage();
  const errors = errorsOf(page);
  await page.goto(`${site}${route}?backend=${backend}${query}`);
  const box = await wake(page, widget);
  await box.getByRole('button', { name: press, exact: true }).click();
  const said = () =>
    page.evaluate(() => [...new Set((globalThis as unknown as { said: string[] }).said)]);
  if (carriedOut) await expect.poll(() => seen(box), { timeout: 600_000 }).toBeGreaterThan(0);
  await expect.poll(said, { message: `the backend in use on /${route}` }).toEqual([backend]);
  expect(await box.getByRole('alert').count()).toBe(0);
  expect(errors, `/${route} on ${backend}`).toEqual([]);
  await context.close();
}

describe('a page that trains or samples', () => {
  it('is in this list', () => {
    // Each widget says its name in the page; the home strip has a class.
    const trains =
      / id="(trainer|sampler|network|model|heat|learned-vs-exact|bug-lab)"|class="live-strip/;
    const found = globSync('dist/**/index.html')
      .filter((file) => trains.test(readFileSync(file, 'utf8')))
      .map((file) => file.replaceAll('\\', '/').replace(/^dist\/(.*)index\.html$/, '$1'))
      .filter((route) => !route.startsWith('zh/'));
    expect(found.length).toBeGreaterThan(0);
    expect(CASES.map(({ route }) => route)).toEqual(expect.arrayContaining(found));
  });

  it.each(CASES)('/$route does so on every backend', async (page) => {
    const inTurn = async (backends: readonly string[]) => {
      for (const backend of backends) await runs(page, backend);
    };
    await Promise.all([inTurn(['webgpu', 'wasm']), inTurn(['webgl', 'cpu'])]);
  });
});
