import { globSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { frames, launch, site } from './support.ts';

/** Every built page: no console error, no failed request, no axe violation, no sideways scroll, no dead link. */
const routes = globSync('dist/**/index.html')
  .map((file) =>
    file
      .replaceAll('\\', '/')
      .replace(/^dist\//, '')
      .replace(/index\.html$/, ''),
  )
  .filter((route) => !route.startsWith('pagefind'))
  .sort();

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

async function open(route: string, width: number, colorScheme: 'light' | 'dark') {
  const context = await browser.newContext({
    viewport: { width, height: width > 600 ? 800 : 844 },
    colorScheme,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('requestfailed', (request) =>
    problems.push(`${request.url()}: ${request.failure()?.errorText}`),
  );
  await page.goto(site + route);
  return { context, page, problems };
}

/** Brings every island on screen once, so that what hydrates when visible is awake when it is checked. */
async function wake(page: Page): Promise<void> {
  const asleep = () =>
    page.evaluate(() => {
      const islands = document.querySelectorAll('astro-island[ssr]');
      // The island itself has no box (display: contents).
      islands[0]?.firstElementChild?.scrollIntoView({ block: 'center', behavior: 'instant' });
      return islands.length;
    });
  await expect.poll(asleep, { message: 'islands that never woke', interval: 50 }).toBe(0);
  await page.evaluate(() => scrollTo(0, 0));
  // What they load once awake (plots) has come and is drawn.
  await page.waitForLoadState('networkidle');
  await frames(page);
}

describe('every page', () => {
  it('is here', () => expect(routes.length).toBeGreaterThanOrEqual(12));

  it.each(routes)('/%s', async (route) => {
    const look = async (width: number, scheme: 'light' | 'dark') => {
      const { context, page, problems } = await open(route, width, scheme);
      await wake(page);
      expect(problems, `${width} ${scheme}`).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow, `page is wider than ${width} px`).toBeLessThanOrEqual(0);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.target).join(' | ')}`),
        `axe, ${width} ${scheme}`,
      ).toEqual([]);
      await context.close();
    };
    // What an embed shows alone stands in its chapter too, at either width.
    const narrow = look(390, 'dark');
    await Promise.all(route.startsWith('embed/') ? [narrow] : [look(1280, 'light'), narrow]);
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
