/**
 * How far a reader scrolls through prose alone, and how tall the widgets are: for each chapter the longest stretch without a
 * figure, a widget or an interactive formula, and each widget's height. An end-to-end test holds the first to its limit.
 */
import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { chromium as launcher } from 'playwright-core';
import { chromium } from './browser.mjs';
import { commandLine } from './commandLine.mjs';
import { isProgram, ROOT } from './environment.mjs';
import { serve } from './serve.mjs';

const USAGE = `node scripts/figures.mjs: measures the built book in Chromium
  --only NAME     one chapter, e.g. any-step
  --site ADDRESS  a book that is being served already; else dist/ is`;

/** The longest stretch without a picture, in pixels, and the window it is measured in. */
export const LIMIT = 1500;
const READING = { width: 1280, height: 800 };
/** The laptop whose screen a widget should fit. */
export const LAPTOP = { width: 1366, height: 768 };

/** Pages of chapters by their source: any-step/ for content/en/03-any-step.mdx, zh/from-noise/ for the Chinese one. */
export const chapterRoutes = () =>
  globSync('content/{en,zh}/*.mdx', { cwd: ROOT })
    .map((file) => file.replaceAll('\\', '/'))
    .sort()
    .map((file) => {
      const [, language, name] = /content\/(\w+)\/\d+-(.+)\.mdx$/.exec(file);
      return `${language === 'en' ? '' : `${language}/`}${name}/`;
    });

/** Brings every island on screen once, until all listen and what they load is drawn. */
export async function wakeAll(page) {
  for (let left = 1, tries = 0; left > 0; tries++) {
    if (tries > 2400) throw new Error(`${page.url()}: ${left} widgets never woke`);
    left = await page.evaluate(() => {
      const asleep = document.querySelectorAll('astro-island[ssr]');
      // The island itself has no box (display: contents).
      asleep[0]?.firstElementChild?.scrollIntoView({ block: 'center', behavior: 'instant' });
      return asleep.length;
    });
    if (left > 0) await page.waitForTimeout(50);
  }
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => document.fonts.ready);
}

/** Runs in the page. Stretches of a chapter between pictures, longest first: pixels, and what stands before and after. */
export function stretchesHere() {
  const article = document.querySelector('article.prose');
  if (!article) return [];
  const shows = (node) => node.checkVisibility() && node.getBoundingClientRect().height > 0;
  const pictures = [
    ...article.querySelectorAll('figure, .formula:has(.symbols), .flow, .glossary'),
  ].filter((node) => shows(node) && !node.parentElement.closest('figure'));
  const nameOf = (node) => {
    if (node.id) return `#${node.id}`;
    const text = node.getAttribute('aria-label') ?? node.textContent.trim();
    return `${node.className.split(' ')[0] || node.localName} “${text.slice(0, 40)}”`;
  };
  const boxes = pictures
    .map((node) => ({ name: nameOf(node), ...node.getBoundingClientRect().toJSON() }))
    .sort((a, b) => a.top - b.top);
  // Lists of words and of works are no prose.
  const end = article.querySelector('#references, #refs') ?? article.querySelector('.pager');
  const head = article.querySelector('.chapter-head').getBoundingClientRect();
  const found = [];
  let [before, at] = ['the beginning', head.top];
  for (const box of [...boxes, { name: 'the end', top: end.getBoundingClientRect().top }]) {
    found.push({ length: Math.round(box.top - at), before, after: box.name });
    if (!(box.bottom > at)) continue;
    [before, at] = [box.name, box.bottom];
  }
  return found.sort((a, b) => b.length - a.length);
}

/** Runs in the page. Widgets and cells of code with their heights, once plots have taken the window's width. */
async function heightsHere() {
  const measured = () =>
    [...document.querySelectorAll('figure.widget')].map((node) => ({
      id: node.id,
      height: Math.round(node.getBoundingClientRect().height),
    }));
  for (let before = '', now = '-'; before !== now; ) {
    for (let frame = 0; frame < 4; frame++) await new Promise(requestAnimationFrame);
    [before, now] = [now, JSON.stringify(measured())];
  }
  return measured();
}

/** Of a page: stretches without a picture at 1280 px (none where it is no chapter), and its widgets on the laptop. */
export async function figuresOf(browser, address) {
  const context = await browser.newContext({ viewport: READING, reducedMotion: 'reduce' });
  context.setDefaultTimeout(120_000);
  try {
    const page = await context.newPage();
    await page.goto(address);
    await wakeAll(page);
    const stretches = await page.evaluate(stretchesHere);
    await page.setViewportSize(LAPTOP);
    return { stretches, widgets: await page.evaluate(heightsHere) };
  } finally {
    await context.close();
  }
}

/** A line of the report: what is measured, and by how much it exceeds its limit. */
function row(name, pixels, limit, where = '') {
  const verdict = pixels > limit ? `${pixels - limit} px too much` : 'holds';
  console.log(
    `  ${name.padEnd(26)} ${String(pixels).padStart(6)} px  ${verdict.padEnd(18)} ${where}`.trimEnd(),
  );
}

async function main() {
  const options = commandLine(USAGE);
  if (!options.site && !existsSync(join(ROOT, 'dist/index.html'))) {
    console.error('There is no built book in dist/. Build it first: npm run build');
    return 1;
  }
  const server = options.site ? null : await serve({ port: 0, host: '127.0.0.1' });
  const site = options.site?.replace(/\/*$/, '/') ?? `http://localhost:${server.port}/`;
  const browser = await launcher.launch(chromium);
  let failed = 0;
  try {
    const routes = chapterRoutes().filter((r) => !options.only || r.endsWith(`${options.only}/`));
    console.log(
      `\nStretches without a picture at ${READING.width} px, widgets at ${LAPTOP.width} × ${LAPTOP.height}`,
    );
    for (const route of options.only ? routes : ['', ...routes]) {
      const { stretches, widgets } = await figuresOf(browser, site + route);
      const long = stretches.filter(({ length }) => length > LIMIT);
      failed += long.length;
      console.log(`\n/${route}`);
      for (const { length, before, after } of long.length ? long : stretches.slice(0, 1))
        row('longest stretch', length, LIMIT, `${before} … ${after}`);
      for (const { id, height } of widgets) row(id, height, LAPTOP.height);
    }
  } finally {
    await browser.close();
    server?.stop();
  }
  if (failed) console.error(`\n${failed} stretches are longer than ${LIMIT} px.`);
  return failed ? 1 : 0;
}

if (isProgram(import.meta.url)) process.exit(await main());
