import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type CDPSession, chromium as launcher, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { chromium } from '../../scripts/browser.mjs';
import { contrasts, cutOff, marks, paints } from './support/look.ts';
import { button, errorsOf, launch, site } from './support.ts';

/** The pages under what readers set in their browsers: colours, contrast, text size, paper, no scripts, no storage. */
let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

type Settings = Parameters<Browser['newContext']>[0];
async function open(route: string, settings: Settings = {}): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...settings });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(site + route);
  return page;
}
/** Its island has woken, and what it loads stands there. */
const awake = async (page: Page) => {
  await expect.poll(() => page.locator('astro-island[ssr], .waiting').count()).toBe(0);
};

describe('the state of a control', () => {
  /** Least contrast of WCAG 2.2 for text of ordinary size (1.4.3). */
  const LEAST = 4.5;
  const HOLDS = [
    ['hover'],
    ['focus', 'focus-visible'],
    ['hover', 'focus', 'focus-visible', 'active'],
  ];

  /** Every kind of control that the page shows, held in each state by the browser itself. */
  async function unreadable(page: Page, cdp: CDPSession): Promise<string[]> {
    await page.evaluate(marks);
    const bad: string[] = [];
    await cdp.send('DOM.enable');
    await cdp.send('CSS.enable');
    const { root } = await cdp.send('DOM.getDocument', { depth: 0 });
    const all = { nodeId: root.nodeId, selector: '[data-mark]' };
    const { nodeIds } = await cdp.send('DOM.querySelectorAll', all);
    const force = (forcedPseudoClasses: string[]) =>
      Promise.all(
        nodeIds.map((nodeId) => cdp.send('CSS.forcePseudoState', { nodeId, forcedPseudoClasses })),
      );
    for (const forcedPseudoClasses of [[], ...HOLDS]) {
      await force(forcedPseudoClasses);
      for (const { what, contrast } of await page.evaluate(contrasts))
        if (contrast < LEAST)
          bad.push(`${what} ${forcedPseudoClasses.join(':')}: ${contrast.toFixed(2)}`);
    }
    return bad;
  }

  it.each([
    [{ colorScheme: 'light' }, ['lab/', 'embed/network/']],
    [{ colorScheme: 'dark' }, ['', 'going-back/']],
    [{ colorScheme: 'light', contrast: 'more' }, []],
  ] as const)('is readable at rest, hovered, focused and pressed: %o', async (settings, routes) => {
    const page = await open('embed/forward-chain/', settings);
    const cdp = await page.context().newCDPSession(page);
    await awake(page);
    const chain = page.locator('#forward-chain');
    await chain.getByRole('button', { name: 'Play', exact: true }).first().click();
    // The mouse is still over it.
    await expect.poll(() => chain.locator('[aria-pressed="true"]').count()).toBe(1);
    const bad = await unreadable(page, cdp);
    for (const route of routes) {
      await page.goto(site + route);
      if (route.match(/lab|embed/)) await awake(page);
      bad.push(...(await unreadable(page, cdp)));
    }
    expect(bad).toEqual([]);
  });
});

describe('forced colours', () => {
  type Paints = ReturnType<typeof paints>;
  /** What is painted once nothing changes any more. */
  async function still(page: Page): Promise<Paints> {
    let last: Paints = [];
    await expect
      .poll(async () => {
        const before = JSON.stringify(last);
        last = await page.evaluate(paints);
        return JSON.stringify(last) === before;
      })
      .toBe(true);
    return last;
  }

  it.each([
    'lab/?dataset=drawn&drawn=2002-0220',
    'embed/forward-chain/?forward-chain.image=four',
    'embed/noise-budget/',
    'embed/network/',
    'embed/heat/',
  ])('keep what a background tells: %s', async (route) => {
    const page = await open(route, { colorScheme: 'dark' });
    await awake(page);
    const usual = await still(page);
    const telling = usual.filter(({ differs }) => differs);
    expect(telling.length).toBeGreaterThan(0);
    const lostIn = (forced: Paints) => {
      const now = new Map(forced.map((one) => [one.place, one]));
      return telling.filter(({ place, colour }) => {
        const one = now.get(place);
        return !one?.differs && one?.colour !== colour;
      });
    };
    // As many colours of one kind of box as before: black, grey and white stay three.
    const kinds = (list: Paints) => {
      const colours = new Map<string, Set<string>>();
      for (const { place, kind, colour } of list)
        if (telling.some((one) => one.place === place))
          colours.set(kind, (colours.get(kind) ?? new Set()).add(colour));
      return [...colours].map(([kind, { size }]) => `${kind}: ${size}`);
    };
    await page.emulateMedia({ forcedColors: 'active' });
    // Styles follow at some next frame, plots are drawn anew.
    await expect
      .poll(async () => {
        const forced = await page.evaluate(paints);
        return { lost: lostIn(forced), kinds: kinds(forced) };
      })
      .toEqual({ lost: [], kinds: kinds(usual) });
  });
});

describe('larger text in a narrow window', () => {
  /** Nothing is cut off, and what sticks to the window leaves at least half of it. */
  async function fits(page: Page, width: number, height: number) {
    await page.setViewportSize({ width, height });
    for (const route of ['', 'lab/', 'embed/trainer/', 'embed/network/', 'map/']) {
      await page.goto(site + route);
      if (route !== 'map/') await awake(page);
      expect(await page.evaluate(cutOff), `/${route}`).toEqual([]);
      const stuck = await page.evaluate(() =>
        [...document.querySelectorAll('.bar, .lab-bar')]
          .filter((one) => getComputedStyle(one).position === 'sticky')
          .reduce((sum, one) => sum + one.getBoundingClientRect().height, 0),
      );
      expect(stuck, `/${route}`).toBeLessThan(height / 2);
    }
  }

  it.each([
    ['a phone of 320 × 640 px', 320, 640],
    ['1280 × 720 px at 400 %', 320, 180],
  ])('fits %s', async (_, width, height) => fits(await open(''), width, height));

  it('fits 390 px with text of 24 px', async () => {
    // What a reader sets in the browser; a page cannot.
    const profile = await mkdtemp(join(tmpdir(), 'from-noise-'));
    await mkdir(join(profile, 'Default'));
    const preferences = { webkit: { webprefs: { default_font_size: 24 } } };
    await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences));
    const settings = { ...chromium, reducedMotion: 'reduce' } as const;
    const context = await launcher.launchPersistentContext(profile, settings);
    onTestFinished(async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    });
    const page = await context.newPage();
    await fits(page, 390, 700);
    const text = () => getComputedStyle(document.documentElement).fontSize;
    expect(await page.evaluate(text)).toBe('24px');
  });

  it('fits 390 px where a style of the reader’s own doubles the text', async () => {
    const page = await open('', { viewport: { width: 390, height: 844 } });
    for (const route of ['', 'map/', 'search/']) {
      await page.goto(site + route);
      await page.addStyleTag({ content: 'html { font-size: 200% !important }' });
      const sideways = () => document.documentElement.scrollWidth - innerWidth;
      expect(await page.evaluate(sideways), `/${route}`).toBeLessThanOrEqual(0);
    }
  });
});

it('prints dark ink on light paper in the dark theme, with folds open and no buttons', async () => {
  const page = await open('any-step/?theme=dark');
  await page.emulateMedia({ media: 'print' });
  const bright = () =>
    page.evaluate(() => {
      const canvas = new OffscreenCanvas(1, 1).getContext(
        '2d',
      ) as OffscreenCanvasRenderingContext2D;
      const lightness = (colour: string) => {
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return Math.max(...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3));
      };
      const inked = ['body', '.katex', '.katex .sqrt svg', '.astro-code span span'];
      return inked.flatMap((selector) => {
        const one = document.querySelector(selector);
        if (!one) return `${selector} is not there`;
        const { color, fill } = getComputedStyle(one);
        return lightness(one instanceof SVGElement ? fill : color) > 128 ? selector : [];
      });
    });
  await expect.poll(bright).toEqual([]);
  expect(await page.locator('details.fold > :not(summary)').first().isVisible()).toBe(true);
  expect(await page.locator('button.button:visible, #theme:visible').count()).toBe(0);
});

it('prints answers at the end of the chapter, widgets with their address, and no formula wider than the page', async () => {
  const page = await open('any-step/');
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  // A4 between its margins.
  await page.setViewportSize({ width: 680, height: 1000 });
  await page.emulateMedia({ media: 'print' });
  const questions = await page.locator('.predict').count();
  expect(questions).toBeGreaterThanOrEqual(3);
  expect(await page.locator('.answers > div:visible').count()).toBe(questions);
  expect(await page.locator('.answers').innerText()).toContain('The answer: 0.28.');
  expect(await page.locator('.predict .answer:visible').count()).toBe(0);
  // Each widget's address; above it, of one that was never awake, why it is empty.
  const addresses = page.locator('.widget > .on-paper:visible').filter({ hasText: '#' });
  expect(await addresses.count()).toBe(await page.locator('.widget[id]').count());
  const wide = await page.locator('.katex-display').evaluateAll((all) =>
    all.flatMap((formula) => {
      const { right } = formula.getBoundingClientRect();
      const parts = [...formula.querySelectorAll('.katex-html > *')];
      const reach = Math.max(...parts.map((part) => part.getBoundingClientRect().right));
      return reach > Math.max(right, innerWidth) + 1 ? formula.textContent : [];
    }),
  );
  expect(wide).toEqual([]);
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  expect(await page.locator('.on-paper').count()).toBe(0);
  expect(await page.locator('details.saw[open]').count()).toBe(0);
});

it('says so without scripts, and shows no button that does nothing', async () => {
  const page = await open('training/', { javaScriptEnabled: false });
  expect(await page.locator('noscript').innerText()).toContain('Without JavaScript');
  expect(
    await page.locator('.actions:visible, .widget-tools:visible, #theme:visible').count(),
  ).toBe(0);
});

it('reads without storage, and a theme chosen elsewhere is followed', async () => {
  const context = await browser.newContext({ colorScheme: 'light' });
  onTestFinished(() => context.close());
  const [first, second, without] = await Promise.all([1, 2, 3].map(() => context.newPage()));
  await without.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException('forbidden', 'SecurityError');
        },
      });
  });
  const errors = errorsOf(without);
  await Promise.all([first.goto(`${site}map/`), second.goto(`${site}search/`)]);
  await button(first, 'Switch to dark theme').click();
  await button(second, 'Switch to light theme').waitFor();
  expect(await second.locator(':root').getAttribute('data-theme')).toBe('dark');
  await without.goto(`${site}lab/`);
  await awake(without);
  await button(without, 'Switch to dark theme').click();
  await button(without, 'Switch to light theme').waitFor();
  expect(errors).toEqual([]);
});
