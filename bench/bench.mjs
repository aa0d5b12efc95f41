/**
 * `npm run bench`: how long a training step and a forward pass take, in this book's kernels and in others, measured in
 * turns in one run. See bench/README.md.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { commandLine } from '../scripts/commandLine.mjs';
import { ensureNode, ensurePackages, ROOT, say } from '../scripts/environment.mjs';
import { ensureBrowser } from '../scripts/installBrowser.mjs';

const options =
  commandLine(`npm run bench: times a training step and a forward pass of every engine, in turns
  --quick         fewer rounds, batch 16 only
  --only NAMES    some engines (ours, tfjs, tf.layers, jax-js, pytorch) and backends (wasm, webgl, webgpu, cpu)
  --batch SIZES   16,64
  --json FILE     bench/results/DATE.json`);
ensurePackages();
await ensureNode();
const { benchGroups, parseOnly } = await import('./cells.mjs');
const { runBench } = await import('./run.mjs');
const { printRatios, printTable } = await import('./report.mjs');
const { findTorch } = await import('./pytorch.mjs');

function fail(message) {
  console.error(message);
  process.exit(1);
}

const quick = options.quick === true;
const batches = (options.batch ?? (quick ? '16' : '16,64')).split(',').map(Number);
if (!batches.every((n) => Number.isInteger(n) && n > 0 && n <= 1024))
  fail(`--batch ${options.batch} is not a list of batch sizes. Example: --batch 16,64`);
let only = null;
try {
  only = parseOnly(options.only);
} catch (error) {
  fail(error.message);
}
const browser = ensureBrowser();
if (!browser) process.exit(1);

const date = new Date();
const file = resolve(
  options.json ?? join(ROOT, 'bench/results', `${date.toISOString().slice(0, 10)}.json`),
);
const torch = findTorch();
if (!torch)
  say(
    'PyTorch is missing here (no python3 with torch), so it has no rows. Debian: apt install python3-torch',
  );

const result = await runBench({
  groups: benchGroups({ only, batches, torch: torch !== null }),
  torch,
  quick,
  say,
});
const record = {
  date: date.toISOString(),
  command: ['npm run bench', ...process.argv.slice(2)].join(' ').replace('bench --', 'bench -- --'),
  machine: { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, platform: process.platform },
  ...result,
};
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, `${JSON.stringify(record, null, 1)}\n`);

console.log(`\n${printTable(result.rows)}\n`);
console.log(`${printRatios(result.ratios)}\n`);
for (const { engine, variant, backend, threads, batch, message } of result.missing)
  console.log(
    `not measured: ${engine} ${variant ?? ''} on ${backend}, ${threads} threads, batch ${batch}: ${message}`,
  );
say(`Written to ${file}`);
