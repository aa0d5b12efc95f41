import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { alertOf, button, canTrain, launch, site, wake } from './support.ts';

/** What readers do with a page: copy from it, translate it, link into it, lose the connection in the middle of it. */
let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

async function blank(settings: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  const context = await browser.newContext(settings);
  onTestFinished(() => context.close());
  return context.newPage();
}

it('copies formulas as TeX, once, in the text around them', async () => {
  const page = await blank({ permissions: ['clipboard-read', 'clipboard-write'] });
  await page.goto(`${site}any-step/`);
  const copied = async (first: string, last: string) => {
    await page.evaluate(
      ([from, to]) => {
        const range = document.createRange();
        // From the middle of the first formula to the middle of the last.
        range.setStart(document.querySelector(`${from} .katex-html .katex-base`) as Element, 0);
        range.setEnd(document.querySelector(`${to} .katex-html .katex-base`) as Element, 1);
        getSelection()?.removeAllRanges();
        getSelection()?.addRange(range);
      },
      [first, last],
    );
    await page.keyboard.press('Control+C');
    return page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      const text = async (type: string) => (await item.getType(type)).text();
      return { plain: await text('text/plain'), html: await text('text/html') };
    });
  };
  const one = await copied('#eq-closedForm', '#eq-closedForm');
  expect(one.plain.trim()).toMatch(/^\$\$[^$]*\\sqrt\{[^$]*\\tag\{3\.\d\}\$\$$/);
  // The page's own macros mean nothing elsewhere.
  expect(one.plain).not.toMatch(/\\(x|abar|eps|N|I|sym|htmlClass)\b/);
  const shown = await page.locator('.prose > p:has(.katex) .katex').count();
  expect(shown).toBeGreaterThan(3);
  const many = await copied('.prose > p:has(.katex)', '#eq-closedForm');
  for (const { plain } of [one, many]) expect((plain.match(/\\tag/g) ?? []).length).toBe(1);
  expect((many.plain.match(/\$/g) ?? []).length % 2).toBe(0);
  expect((many.plain.match(/\$/g) ?? []).length).toBeGreaterThan(6);
  // No layer of it letter by letter, in neither flavour.
  expect(many.plain).not.toMatch(/\n.\n.\n/);
  expect(many.html).not.toMatch(/katex-mathml|katex-html|popover/);
  // The page is as it was.
  expect(await page.locator('.katex > :not(.katex-mathml):not(.katex-html)').count()).toBe(0);
  expect(await page.locator('#eq-closedForm .katex-html').first().isVisible()).toBe(true);
});

describe('a translated page', () => {
  /** As page translators do it: each text node is replaced by their words in <font>. `moved`: in two steps. */
  const translate = (page: Page, moved: boolean) =>
    page.evaluate((inTwoSteps) => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const texts: Text[] = [];
      while (walker.nextNode()) {
        const text = walker.currentNode as Text;
        if (
          !text.parentElement?.closest('script, style, svg, [translate="no"]') &&
          text.data.trim()
        )
          texts.push(text);
      }
      for (const text of texts) {
        const font = document.createElement('font');
        font.append(document.createElement('font'));
        (font.firstChild as Element).textContent = `[${text.data}]`;
        if (inTwoSteps) {
          text.before(font);
          text.remove();
        } else text.replaceWith(font);
      }
    }, moved);

  it.each([false, true])('changes its words as they change, in two steps: %s', async (moved) => {
    const page = await blank();
    await page.goto(`${site}lab/?dataset=two&steps=0&backend=cpu`);
    await wake(page, '.lab');
    const note = page.locator('.lab-data .note');
    const state = page.locator('.state');
    await expect.poll(() => note.textContent()).toContain('One fair coin');
    await translate(page, moved);
    expect(await note.textContent()).toBe(`[${(await note.textContent())?.slice(1, -1)}]`);
    await page.getByRole('combobox', { name: 'Dataset' }).selectOption('digits');
    await expect.poll(() => note.textContent()).toMatch(/^20,000/);
    expect(await state.textContent()).toMatch(/^\[Ready/);
    await page.getByRole('combobox', { name: 'Dataset' }).selectOption('two');
    await translate(page, moved);
    await page.locator('.actions button').nth(2).click();
    await expect.poll(() => state.textContent()).toMatch(/^Paused/);
  });

  it('gets its own words back', async () => {
    const page = await blank();
    await page.goto(`${site}embed/forward-chain/`);
    const widget = await wake(page, '#forward-chain');
    const box = widget.locator('.controls').first();
    // Its chain is computed: until then it stands at its beginning.
    await expect.poll(() => box.textContent()).toContain('3 of 10');
    const before = await box.textContent();
    await translate(page, false);
    expect(await box.textContent()).not.toBe(before);
    await page.evaluate(() => {
      for (const font of document.querySelectorAll('font:has(font)')) font.remove();
    });
    await expect.poll(() => box.textContent()).toBe(before);
  });

  it('keeps formulas and code', async () => {
    const page = await blank({ javaScriptEnabled: false });
    for (const route of ['any-step/', 'map/']) {
      await page.goto(site + route);
      const open = page.locator('.katex, code, pre, kbd');
      const free = await open.evaluateAll((all) =>
        all
          .filter((one) => !(one as HTMLElement).closest('[translate="no"], .notranslate'))
          .map((one) => one.outerHTML.slice(0, 90)),
      );
      expect(free, route).toEqual([]);
    }
  });
});

describe('a link into a page', () => {
  const places = [
    'bound/#eq-learnedWidth',
    'four-pixels/#β-chosen-by-the-bound',
    'any-step/#references',
    'any-step/#bib-nichol2021improved',
    'any-step/#schedules',
    'map/#term-score',
    'gallery/#kl',
  ];
  const at = (page: Page) =>
    page.evaluate(() => {
      const id = decodeURIComponent(location.hash.slice(1));
      const target = document.getElementById(id);
      const top = Math.round(target?.getBoundingClientRect().top ?? Number.NaN);
      const header = document.querySelector('.bar')?.getBoundingClientRect().bottom ?? 0;
      const below = document.documentElement.scrollHeight - innerHeight - scrollY;
      const near = [...document.querySelectorAll('astro-island[ssr] > *')].some((one) => {
        const box = one.getBoundingClientRect();
        return box.bottom > 0 && box.top < innerHeight;
      });
      // Just below the header, or as near as the end of the page lets it.
      const right = top >= header && (top < header + 40 || (below <= 1 && top < innerHeight));
      return { top, right, settled: !near, height: document.documentElement.scrollHeight };
    });
  /** Where the place stands once everything near it is awake and the page has its height. */
  async function rest(page: Page) {
    let last = await at(page);
    const still = async () => {
      const now = await at(page);
      const same = now.settled && now.height === last.height && now.top === last.top;
      last = now;
      return same;
    };
    await page.waitForLoadState('networkidle');
    for (let times = 0; times < 4; times++) await expect.poll(still, { interval: 150 }).toBe(true);
    return last;
  }

  it.each([
    [1280, 720],
    [390, 800],
  ])('leads to its place at %i × %i px, whatever wakes above', async (width, height) => {
    const page = await blank({ viewport: { width, height }, reducedMotion: 'reduce' });
    for (const place of places) {
      await page.goto('about:blank');
      await page.goto(site + encodeURI(place));
      expect(await rest(page), place).toMatchObject({ right: true });
    }
  });

  it('holds nobody who moves on', async () => {
    const page = await blank({ viewport: { width: 1280, height: 720 }, reducedMotion: 'reduce' });
    await page.goto(`${site}map/#term-score`);
    await rest(page);
    const grow = (px: number) =>
      page.evaluate((by) => {
        const box = document.createElement('div');
        box.style.cssText = `height: ${by}px; overflow-anchor: none`;
        document.querySelector('main')?.prepend(box);
        document.documentElement.style.overflowAnchor = 'none';
      }, px);
    const top = () => at(page).then((place) => place.top);
    const held = await top();
    await grow(300);
    await expect.poll(top).toBe(held);
    await page.mouse.move(600, 400);
    await page.mouse.wheel(0, 200);
    await expect.poll(top).toBeLessThan(held);
    const left = await rest(page);
    await grow(100);
    await expect.poll(top).toBe(left.top + 100);
  });
});

describe('a script that is not there', () => {
  /** A page on which some of the built files cannot be fetched. */
  async function lacking(files: RegExp, route: string): Promise<Page> {
    const page = await blank();
    await page.route(files, (request) => request.abort());
    await page.goto(site + route);
    return page;
  }

  /** The script of an island on a page, by the island's name. */
  async function scriptOf(name: string, route: string): Promise<RegExp> {
    const html = await (await fetch(site + route)).text();
    const island = [...html.matchAll(/<astro-island [^>]*>/g)].find(([tag]) =>
      tag.includes(`&quot;name&quot;:&quot;${name}&quot;`),
    );
    const script = /component-url="[^"]*\/([^"/]+\.js)"/.exec(island?.[0] ?? '')?.[1];
    if (!script) throw new Error(`${route} has no island ${name}`);
    return new RegExp(script.replaceAll('.', '\\.'));
  }

  it('is missed aloud in the lab, with a way to try again', async () => {
    const script = await scriptOf('Lab', 'lab/');
    const page = await lacking(script, 'lab/');
    expect(await alertOf(page)).toMatch(/could not be fetched/);
    await page.unroute(script);
    await button(page, 'Reload the page').click();
    await canTrain(page);
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('is missed where a widget stands in a chapter', async () => {
    const page = await lacking(await scriptOf('Schedules', 'any-step/'), 'any-step/');
    await page.locator('#schedules').scrollIntoViewIfNeeded();
    const alert = page.locator('.prose > [role="alert"]');
    expect(await alert.textContent()).toMatch(/could not be fetched/);
    expect(
      await alert.evaluate((one) => one.nextElementSibling?.querySelector('#schedules') !== null),
    ).toBe(true);
  });

  it('is missed where a chart should be, and asked for again', async () => {
    const plot = /_astro\/reverseKernelPlot\..*\.js/;
    const page = await lacking(plot, 'embed/reverse/');
    const chart = page.locator('.plot').first();
    expect(await alertOf(chart)).toMatch(/could not be drawn/);
    await page.unroute(plot);
    await button(chart, 'Try again').click();
    // Chromium 150 and older ask for a script once in the life of a page.
    const [drawn, reload] = [chart.locator('svg'), button(chart, 'Reload the page')];
    await drawn.or(reload).waitFor();
    if (await reload.isVisible()) await reload.click();
    await drawn.waitFor();
  });

  it('is missed in the search', async () => {
    const page = await lacking(/pagefind-ui\.js/, 'search/');
    expect(await alertOf(page)).toMatch(/search could not be fetched/);
  });

  it('is missed by a worker, and the next question starts another', async () => {
    const exact = /_astro\/exactWorker-.*\.js/;
    const page = await lacking(exact, 'embed/ledger/?ledger.schedule=linear');
    await expect.poll(() => page.locator('#ledger').textContent()).toMatch(/did not start/);
    await page.unroute(exact);
    await page.locator('#ledger input[type="range"]').first().press('ArrowLeft');
    await expect.poll(() => page.locator('#ledger').textContent()).not.toMatch(/did not start/);
    await expect.poll(() => page.workers().some((one) => exact.test(one.url()))).toBe(true);
  });
});

describe('the way through a chapter', () => {
  it('is shown beside it, remembered, and gone on from home', async () => {
    const page = await blank({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
    await page.goto(`${site}training/`);
    const contents = page.getByRole('navigation', { name: 'On this page' });
    await contents.getByRole('link', { name: 'Two sets of weights' }).click();
    const current = contents.locator('[aria-current]');
    await expect.poll(() => current.textContent()).toBe('Two sets of weights');
    const wide = await page.locator('.prose > astro-island').first().boundingBox();
    const side = await contents.boundingBox();
    expect(side!.x + side!.width).toBeLessThanOrEqual(wide!.x);
    const grown = () =>
      page
        .locator('.reading')
        .evaluate((line) => new DOMMatrix(getComputedStyle(line).transform).a);
    expect(await grown()).toBeGreaterThan(0.2);

    await page.goto(site);
    const on = page.getByRole('link', { name: /^Go on where you were: chapter 5/ });
    expect(await on.getAttribute('href')).toMatch(/training\/#two-sets-of-weights$/);
    await on.click();
    await page.locator('.pager').scrollIntoViewIfNeeded();
    const marks = () => page.evaluate(() => localStorage.getItem('from-noise.progress'));
    await expect.poll(marks).toContain('"read":["training"]');
    await page.goto(site);
    await page.locator('[data-chapter="training"] .read').waitFor();
    await page.getByRole('link', { name: /^Go on with chapter 6/ }).waitFor();
    await button(page, 'Forget where I was').click();
    expect(await page.locator('.read:visible').count()).toBe(0);
    // Whatever stands there breaks nothing.
    await page.evaluate(() => localStorage.setItem('from-noise.progress', '{"read":{},"place":[1'));
    await page.reload();
    await page.getByText('Nothing to install').waitFor();
  });

  it('leads back after a jump, and the drawer of a phone closes behind one', async () => {
    const page = await blank({ viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' });
    await page.goto(`${site}sampling/`);
    await page.evaluate(() => scrollTo(0, 900));
    await button(page, 'On this page').click();
    const contents = page.getByRole('navigation', { name: 'On this page' });
    await contents.getByRole('link', { name: 'Asking for a class' }).click();
    await contents.waitFor({ state: 'hidden' });
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(2000);
    await button(page, '↩ Back to where you were').click();
    await expect.poll(() => page.evaluate(() => scrollY)).toBeLessThan(1200);
    expect(await page.locator('.jump-back').count()).toBe(0);
  });
});

describe('a card', () => {
  it('shows what a link stands for when it is pointed at or focused, and goes on Escape', async () => {
    const page = await blank({ viewport: { width: 1280, height: 800 } });
    await page.goto(`${site}sampling/`);
    const card = page.locator('.card:popover-open');
    const cited = page.locator('.prose p a[href^="#bib-"]').first();
    await cited.hover();
    await expect.poll(() => card.textContent()).toContain('https://');
    await page.keyboard.press('Escape');
    await card.waitFor({ state: 'hidden' });
    // An equation of another chapter is fetched.
    await page.goto(`${site}bound-to-loss/`, { waitUntil: 'networkidle' });
    const equation = page.locator('.prose > p a[href*="going-back/#eq-"]').first();
    await equation.focus();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    await card.locator('.katex').first().waitFor();
    expect(await equation.getAttribute('aria-describedby')).toBe('card');
    expect(await page.locator('[id="card"] [id]').count()).toBe(0);
  });

  it('is shown by the first tap; the second one follows the link', async () => {
    const page = await blank({ viewport: { width: 390, height: 844 }, hasTouch: true });
    await page.goto(`${site}sampling/`);
    const cited = page.locator('.prose p a[href^="#bib-"]').first();
    await cited.tap();
    await page.locator('.card:popover-open').waitFor();
    expect(new URL(page.url()).hash).toBe('');
    await cited.tap();
    await expect.poll(() => new URL(page.url()).hash).toMatch(/^#bib-/);
  });
});
