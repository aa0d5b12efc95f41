import { globSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMIT, stretchesHere, wakeAll } from '../../scripts/figures.mjs';
import { errorsOf, frames, launch, site } from './support.ts';

/** Every built page: no console error, no failed request, no axe violation, no sideways scroll, no dead link, a picture on each screen of prose. */
const routes = globSync('dist/**/index.html')
  .map((file) =>
    file
      .replaceAll('\\', '/')
      .replace(/^dist\//, '')
      .replace(/index\.html$/, ''),
  )
  .filter((route) => !route.startsWith('pagefind'))
  // Files of the source are all shown by one page: the first stands for them.
  .filter(
    (route, i, all) =>
      !route.startsWith('source/') || i === all.findIndex((one) => one.startsWith('source/')),
  )
  .sort();

const LOOKS = [
  { width: 1280, height: 800, colorScheme: 'light' },
  { width: 390, height: 844, colorScheme: 'dark' },
] as const;
type Look = (typeof LOOKS)[number];

let browser: Browser;
/** A reader for each look, who goes from page to page: code that was loaded once is not loaded again. */
const readers = new Map<Look, BrowserContext>();
beforeAll(async () => {
  browser = await launch();
  for (const look of LOOKS) {
    const { width, height, colorScheme } = look;
    const viewport = { width, height };
    readers.set(look, await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' }));
  }
});
afterAll(() => browser.close());

async function open(route: string, look: Look) {
  const page = await readers.get(look)!.newPage();
  const problems = errorsOf(page);
  page.on('requestfailed', (request) =>
    problems.push(`${request.url()}: ${request.failure()?.errorText}`),
  );
  await page.goto(site + route);
  return { page, problems };
}

/** So that what hydrates when visible is awake when it is checked, from the top. */
async function wake(page: Page): Promise<void> {
  await wakeAll(page);
  await page.evaluate(() => scrollTo(0, 0));
  await frames(page);
}

/** Its formulas are looked at letter by letter too; they have the same make everywhere. */
const FORMULAS = 'bound/';

/** What an embed shows alone stands in its chapter too, where axe sees it: one of each kind of page that hosts it is enough. */
const HOSTED = new Set(routes.filter((route) => route.startsWith('embed/')).slice(1));

/** What axe finds. */
async function violations(page: Page, route: string): Promise<string[]> {
  // What passes is not listed: on 16 thousand elements that takes longer than the rules do. Without frames, in the page itself.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode(true);
  // Nine elements of ten are the spans of a formula's picture, which assistive technology does not see.
  if (route !== FORMULAS) axe.exclude('.katex-html > *');
  const found = (await axe.analyze()).violations;
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.target).join(' | ')}`);
}

describe('every page', () => {
  it('is here', () => {
    expect(routes.length).toBeGreaterThanOrEqual(12);
    expect(routes).toContain(FORMULAS);
  });

  it.each(routes)('/%s', async (route) => {
    const check = async (look: Look) => {
      const { page, problems } = await open(route, look);
      const { width, colorScheme } = look;
      await wake(page);
      expect(problems, `${width} ${colorScheme}`).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow, `page is wider than ${width} px`).toBeLessThanOrEqual(0);
      const bare = width === LOOKS[0].width ? await page.evaluate(stretchesHere) : [];
      expect(bare.filter(({ length }) => length > LIMIT)).toEqual([]);
      if (!HOSTED.has(route))
        expect(await violations(page, route), `axe, ${width} ${colorScheme}`).toEqual([]);
      await page.close();
    };
    const [wide, narrow] = LOOKS;
    await Promise.all((route.startsWith('embed/') ? [narrow] : [wide, narrow]).map(check));
  });

  it('links to places that exist', async () => {
    const dead: string[] = [];
    const seen = new Map<string, Set<string>>();
    const load = async (path: string) => {
      if (!seen.has(path)) {
        const response = await fetch(new URL(path, site));
        const html = response.ok ? await response.text() : '';
        seen.set(
          path,
          response.ok
            ? new Set([...html.matchAll(/\sid="([^"]+)"/g)].map((m) => m[1]))
            : new Set(['missing!']),
        );
      }
      return seen.get(path) as Set<string>;
    };
    for (const route of routes) {
      const html = await (await fetch(site + route)).text();
      for (const [, target] of html.matchAll(/<a\s[^>]*href="([^"]+)"/g)) {
        const url = new URL(target.replaceAll('&#38;', '&').replaceAll('&amp;', '&'), site + route);
        if (!url.href.startsWith(site)) continue;
        const ids = await load(url.pathname);
        if (
          ids.has('missing!') ||
          (url.hash.length > 1 && !ids.has(decodeURIComponent(url.hash.slice(1))))
        )
          dead.push(`/${route} → ${target}`);
      }
    }
    expect(dead).toEqual([]);
  });
});
