/**
 * Made the fixtures of edition 1 (tests/fixtures/edition1): runs as Save writes them, what a browser stores of them, links,
 * and the numbers that all of them gave. From the code of commit 15e9c31, in Chromium 156, by
 *
 *   npm run build && node tests/edition1/make/make.mjs
 *
 * What readers keep was written by that code, so these files stay as they are: where a test of them fails, it is the book
 * that has to read them again. Only where a control gets another name, the name in links.json may follow it. Names of
 * parts (runs, described, next, pictures, shipped, stored, links) make these alone.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { toBase64 } from '../base64.ts';
import { runNames, runOfName } from '../files.ts';
import { openSources } from './browser.mjs';
import { followLinks } from './links.mjs';
import { drawAll } from './pictures.mjs';
import { storeRuns } from './stored.mjs';
import { drawWithShipped, goOnAll, trainRuns } from './train.mjs';

const FOLDER = new URL('../../fixtures/edition1/', import.meta.url);
const write = (name, data) => {
  const to = new URL(name, FOLDER);
  mkdirSync(new URL('.', to), { recursive: true });
  writeFileSync(
    to,
    typeof data === 'string' ? Buffer.from(data, 'base64') : `${JSON.stringify(data)}\n`,
  );
};

/** As text, for a page. */
const saved = () =>
  Object.fromEntries(runNames().map((name) => [name, { saved: toBase64(runOfName(name)) }]));

const PARTS = {
  async runs(sources) {
    const runs = await trainRuns(sources);
    for (const [name, { saved }] of Object.entries(runs)) write(`runs/${name}.safetensors`, saved);
    write('runs/points-x0-exported.safetensors', runs['points-x0'].exported);
  },
  async described(sources) {
    const { describeData, describeRun } = await sources.load('/tests/edition1/described.ts');
    const all = runNames().map((name) => [name, describeRun(runOfName(name))]);
    write('runs.json', Object.fromEntries(all));
    write('data.json', await describeData());
  },
  async next(sources) {
    write('next.json', await goOnAll(sources, saved()));
  },
  async pictures(sources) {
    write('pictures.json', await drawAll(sources));
  },
  async shipped(sources) {
    write('shipped.json', await drawWithShipped(sources));
  },
  async stored(sources) {
    write('stored.json', await storeRuns(sources, saved()));
  },
  async links(sources) {
    write('links.json', await followLinks(sources));
  },
};

const asked = process.argv.slice(2);
const sources = await openSources();
try {
  for (const [name, make] of Object.entries(PARTS))
    if (asked.length === 0 || asked.includes(name)) await make(sources);
} finally {
  await sources.close();
}
// The worker's code in this process holds open ports.
process.exit(0);
