/**
 * What drawing costs on WebAssembly, as the lab draws: 50 steps of DDIM as its Sample button runs them, over 50 forward
 * passes of the same images; and the training steps a second of a lab that keeps its film, over one that keeps none. Both are
 * taken in turns, so that what else the machine does meets both alike.
 *
 *     node bench/drawing.mjs [--threads 2] [--rounds 9] [--film 3] [--seconds 20] [--json FILE]
 *
 * --rounds: turns of Sample and of forward passes; --film: pairs of labs, each of them --seconds of training from step 0,
 * where the moments of the film are closest.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { chromium as launcher } from 'playwright-core';
import { chromium } from '../scripts/browser.mjs';
import { median } from '../src/lib/bench/stats.ts';
import { DDIM_STEPS } from '../src/lib/bench/types.ts';
import { hostBenchPage } from './host.mjs';

const { values } = parseArgs({
  options: {
    threads: { type: 'string', default: String(Math.min(8, cpus().length)) },
    rounds: { type: 'string', default: '9' },
    film: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '20' },
    json: { type: 'string' },
  },
});
const [threads, rounds, pairs, seconds] = ['threads', 'rounds', 'film', 'seconds'].map((name) => {
  const value = Number(values[name]);
  if (!(value >= 0)) throw new Error(`--${name} should be a number, not ${values[name]}.`);
  return value;
});

const BATCH = 16;
/** No turn ends early by its time. */
const UNLIMITED = 600;
const host = await hostBenchPage();
const browser = await launcher.launch(chromium);
const round = (x, digits = 3) => Number(x.toPrecision(digits));

/** Each turn: 50 forward passes after an untimed one, and Sample; the ratio of the two. */
async function sampleTurns(page) {
  await page.evaluate((cell) => window.bench.open(0, cell), {
    engine: 'ours',
    backend: 'wasm',
    threads,
    batch: BATCH,
  });
  const run = async (work, repeats) => {
    const { ms } = await page.evaluate(
      ([w, n, cap]) => window.bench.run(0, w, n, cap),
      [work, repeats, UNLIMITED],
    );
    return ms.reduce((a, b) => a + b, 0);
  };
  await run('sample', 1);
  const turns = [];
  for (let i = 0; i < rounds; i++) {
    await run('forward', 1);
    const forward = await run('forward', DDIM_STEPS);
    const sample = await run('sample', 1);
    turns.push({ forward: round(forward), sample: round(sample), ratio: round(sample / forward) });
  }
  await page.evaluate(() => window.bench.close(0));
  return turns;
}

/** Pairs of labs, with and without the film, the first of a pair in turn. */
async function filmTurns(page) {
  const turns = [];
  for (let i = 0; i < pairs; i++) {
    const pair = {};
    for (const film of i % 2 ? [false, true] : [true, false]) {
      const found = await page.evaluate(([on, s]) => window.bench.lab(on, s), [film, seconds]);
      const speed = round(found.steps / found.seconds);
      if (film) Object.assign(pair, { withFilm: speed, moments: found.moments });
      else pair.without = speed;
    }
    turns.push({ ...pair, ratio: round(pair.withFilm / pair.without) });
  }
  return turns;
}

try {
  const page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(0);
  page.on('pageerror', (error) => console.error(`page: ${error.message}`));
  await page.goto(host.url);
  await page.waitForFunction(() => 'bench' in window);
  const sample = await sampleTurns(page);
  const film = await filmTurns(page);
  const record = {
    date: new Date().toISOString(),
    command: ['node bench/drawing.mjs', ...process.argv.slice(2)].join(' '),
    machine: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      platform: process.platform,
    },
    browser: `Chromium ${browser.version()}`,
    threads,
    batch: BATCH,
    sampleRatio: round(median(sample.map(({ ratio }) => ratio))),
    filmRatio: round(median(film.map(({ ratio }) => ratio))),
    sample,
    film,
  };
  if (sample.length > 0)
    console.log(
      `50 DDIM steps as Sample runs them ÷ 50 forward passes: ${record.sampleRatio} (${sample.map(({ ratio }) => ratio).join(', ')})`,
    );
  if (film.length > 0)
    console.log(
      `steps a second with the film ÷ without: ${record.filmRatio} (${film.map(({ ratio }) => ratio).join(', ')}); moments of the first at steps ${film[0].moments.join(', ')}`,
    );
  if (values.json) writeFileSync(values.json, `${JSON.stringify(record, null, 1)}\n`);
} finally {
  await browser.close();
  await host.close();
}
