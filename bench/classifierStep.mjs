/**
 * The classifier's training step on WebAssembly, ours beside stock TensorFlow.js, in turns, each in a worker of its own:
 * `tfjs` with this book's gradients of stock ops, and `tfjs im2col` with automatic gradients and tf.train.adam.
 *
 *     node bench/classifierStep.mjs [--batch 32] [--rounds 9] [--json FILE]
 *
 * A turn has up to fifteen steps (a second at most) after one that is not timed.
 */
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { chromium as launcher } from 'playwright-core';
import { chromium } from '../scripts/browser.mjs';
import { timing } from '../src/lib/bench/stats.ts';
import { hostBenchPage } from './host.mjs';

const { values } = parseArgs({
  options: {
    batch: { type: 'string', default: '32' },
    rounds: { type: 'string', default: '9' },
    json: { type: 'string' },
  },
});
const [batch, rounds] = [Number(values.batch), Number(values.rounds)];
const TURN = { steps: 15, seconds: 1 };
const round = (x) => Number(x.toPrecision(3));

const WAYS = {
  ours: { engine: 'ours', variant: 'classifier' },
  tfjs: { engine: 'tfjs', variant: 'classifier' },
  'tfjs im2col': { engine: 'tfjs', variant: 'classifier im2col' },
};
const cells = [1, 2].flatMap((threads) =>
  Object.entries(WAYS).map(([way, cell]) => ({
    way,
    threads,
    cell: { ...cell, backend: 'wasm', threads, batch },
    ms: [],
    losses: [],
  })),
);

const load = round(loadavg()[0]);
const host = await hostBenchPage();
const browser = await launcher.launch(chromium);
try {
  const page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(0);
  await page.goto(host.url);
  await page.waitForFunction(() => 'bench' in window);
  const run = (id, steps, cap) =>
    page.evaluate(([i, n, s]) => window.bench.run(i, 'train', n, s), [id, steps, cap]);
  for (const [id, { cell, losses }] of cells.entries()) {
    const info = await page.evaluate(([i, c]) => window.bench.open(i, c), [id, cell]);
    losses.push(info.loss);
    cells[id].threads = info.threads;
  }
  for (let turn = 0; turn < rounds; turn++)
    for (const [id, { ms, losses }] of cells.entries()) {
      losses.push(...(await run(id, 1, 0)).losses);
      const found = await run(id, TURN.steps, TURN.seconds);
      ms.push(...found.ms);
      losses.push(...found.losses);
    }
} finally {
  await browser.close();
  await host.close();
}

const rows = cells.map(({ way, threads, ms, losses }) => ({
  ...{ way, threads, batch },
  trainMs: Object.fromEntries(Object.entries(timing(ms)).map(([name, x]) => [name, round(x)])),
  losses: losses.slice(0, 3).map((loss) => Number(loss.toPrecision(5))),
}));
/** Quotients of medians, and of the fastest steps, which the machine's other work disturbs least. */
const ratios = rows
  .filter(({ way }) => way !== 'ours')
  .map(({ way, threads, trainMs }) => {
    const ours = rows.find((row) => row.way === 'ours' && row.threads === threads);
    if (!ours) throw new Error(`nothing of ours ran on ${threads} threads`);
    const of = (key) => round(trainMs[key] / ours.trainMs[key]);
    return { name: `${way} ÷ ours`, threads, median: of('median'), min: of('min') };
  });
const record = {
  command: `node bench/classifierStep.mjs ${process.argv.slice(2).join(' ')}`.trim(),
  date: new Date().toISOString(),
  machine: { cpu: cpus()[0]?.model, cores: cpus().length, load },
  rows,
  ratios,
};
console.table(rows.map(({ trainMs, ...row }) => ({ ...row, ...trainMs })));
console.table(ratios);
if (values.json) writeFileSync(values.json, `${JSON.stringify(record, null, 1)}\n`);
