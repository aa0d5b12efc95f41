/**
 * Still pictures of all widgets for the gallery, as they stand at first: public/thumbs/WIDGET-light.webp and -dark.webp. Anew
 * when a widget looks different: `npm run build`, then `node scripts/thumbnails.mjs [WIDGET …]`.
 */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium as launcher } from 'playwright-core';
import { chromium } from './browser.mjs';
import { ROOT } from './environment.mjs';
import { serve } from './serve.mjs';

/** Of the picture beside the settings, CSS pixels; smaller on the card. */
const [WIDTH, HEIGHT] = [640, 427];
const SCALE = 0.75;
const QUALITY = 70;
const FOLDER = join(ROOT, 'public/thumbs');

const all = readdirSync(join(ROOT, 'dist/embed'));
const chosen = process.argv.slice(2);
const { port, stop } = await serve({ port: 0 });
const site = `http://localhost:${port}/`;
const browser = await launcher.launch(chromium);
mkdirSync(FOLDER, { recursive: true });
for (const colorScheme of ['light', 'dark']) {
  const context = await browser.newContext({
    viewport: { width: 1000, height: 640 },
    deviceScaleFactor: SCALE,
    colorScheme,
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  for (const id of chosen.length > 0 ? chosen : all) {
    await page.goto(`${site}embed/${id}/?hide=tools,caption,title`);
    // Every plot has its lines, every picture its pixels.
    await page.waitForFunction(
      () =>
        document.querySelector('.widget, .live-strip') &&
        [...document.querySelectorAll('.plot-area')].every((area) => area.querySelector('svg')),
    );
    await page.waitForLoadState('networkidle');
    await page.evaluate(() => document.fonts.ready);
    const picture = (await page.locator('.desk-picture').count())
      ? page.locator('.desk-picture').first()
      : page.locator('.widget-body, .live-strip').first();
    const { x, y, width } = await picture.boundingBox();
    const clip = {
      x,
      y: y + (await page.evaluate(() => scrollY)),
      width: Math.max(width, WIDTH),
      height: (Math.max(width, WIDTH) * HEIGHT) / WIDTH,
    };
    const { data } = await devtools.send('Page.captureScreenshot', {
      format: 'webp',
      quality: QUALITY,
      clip: { ...clip, scale: WIDTH / clip.width },
      captureBeyondViewport: true,
    });
    const file = join(FOLDER, `${id}-${colorScheme}.webp`);
    writeFileSync(file, Buffer.from(data, 'base64'));
    console.log(file);
  }
  await context.close();
}
await browser.close();
stop();
