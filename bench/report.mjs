/** What a bench prints: the table of rows, and the ratios that the book's claims rest on. Pure. */
import { findRow, ratio } from '../src/lib/bench/stats.ts';

const number = (x, digits = 3) =>
  x === null || x === undefined || !Number.isFinite(x) ? '–' : `${+x.toPrecision(digits)}`;

const columns = [
  ['engine', (r) => (r.variant ? `${r.engine} ${r.variant}` : r.engine)],
  ['backend', (r) => r.backend],
  ['threads', (r) => `${r.threads}`],
  ['batch', (r) => `${r.batch}`],
  ['train ms', (r) => number(r.trainMs)],
  ['min–max', (r) => `${number(r.min)}–${number(r.max)}`],
  ['n', (r) => `${r.repeats}`],
  ['forward ms', (r) => number(r.forwardMs)],
  ['GFLOP/s', (r) => number(r.gflops)],
  ['÷ peak', (r) => (r.share ? `${Math.round(100 * r.share)} %` : '–')],
  ['dispatches', (r) => number(r.dispatches, 5)],
  ['JS ms', (r) => number(r.jsMs)],
  ['first step s', (r) => number(r.firstStepMs / 1000)],
  ['MB', (r) => number(r.memoryBytes && r.memoryBytes / 1e6)],
];

/** Columns of equal width; numbers to the right. */
export function printTable(rows) {
  const lines = [
    columns.map(([title]) => title),
    ...rows.map((row) => columns.map(([, f]) => f(row))),
  ];
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => line[i].length)));
  return lines
    .map((line) =>
      line.map((text, i) => (i < 2 ? text.padEnd(widths[i]) : text.padStart(widths[i]))).join('  '),
    )
    .join('\n');
}

const on = (engine, backend, threads, variant) => ({
  engine,
  backend,
  ...(threads && { threads }),
  ...(variant !== undefined && { variant }),
});

/** Each figure: its name, two rows (slow, fast: their training steps are divided), and what is asked of the quotient. */
const FIGURES = [1, 2].flatMap((n) => {
  const words = n === 1 ? 'one thread' : 'two threads';
  const ours = on('ours', 'wasm', n);
  return [
    [
      `wasm, ${words}: stock tfjs (im2col) ÷ ours`,
      on('tfjs', 'wasm', n, 'im2col'),
      ours,
      n === 2 ? '≥ 25' : '',
    ],
    [
      `wasm, ${words}: stock tfjs (this book’s gradients) ÷ ours`,
      on('tfjs', 'wasm', n, ''),
      ours,
      '',
    ],
    [`wasm, ${words}: ours ÷ PyTorch`, ours, on('pytorch', 'cpu', n), '≤ 1.25'],
  ];
});
FIGURES.push([
  'wasm, two threads: jax-js ÷ ours',
  on('jax-js', 'wasm'),
  on('ours', 'wasm', 2),
  '≥ 80',
]);
for (const [backend, asked] of [
  ['webgpu', { 'tf.layers': '≥ 7', 'jax-js': '≥ 1.5' }],
  ['webgl', { tfjs: '≥ 2.5' }],
])
  for (const engine of ['tfjs', 'tf.layers', 'jax-js'])
    FIGURES.push([
      `${backend}: ${engine === 'tfjs' ? 'stock tfjs' : engine} ÷ ours`,
      on(engine, backend),
      on('ours', backend),
      asked[engine] ?? '',
    ]);

/** One entry per figure and batch size that was measured; `value` is null where a row is missing. */
export function ratios(rows) {
  const batches = [...new Set(rows.map(({ batch }) => batch))];
  return batches.flatMap((batch) => [
    ...FIGURES.map(([name, slow, fast, asked]) => {
      const pair = [slow, fast].map((key) => findRow(rows, { ...key, batch }));
      return { name, batch, asked, value: ratio(...pair) };
    }),
    ...singles(rows, batch),
  ]);
}

/** Figures of one row. */
function singles(rows, batch) {
  const gpu = findRow(rows, { engine: 'ours', backend: 'webgpu', batch });
  const wasm = findRow(rows, { engine: 'ours', backend: 'wasm', threads: 2, batch });
  const one = findRow(rows, { engine: 'ours', backend: 'wasm', threads: 1, batch });
  const figure = (name, value, asked) => ({ name, batch, asked, value: value ?? null });
  return [
    figure('wasm: whole step ÷ own convolution peak (one thread)', one?.share, '≥ 0.8'),
    figure('wasm: whole step ÷ own convolution peak (two threads)', wasm?.share, '≥ 0.8'),
    figure('webgpu: dispatches per training step', gpu?.dispatches, '≤ 150'),
    figure('webgpu: JS time per training step, ms', gpu?.jsMs, '≤ 8'),
    figure('wasm: 50-step DDIM ÷ 50 forward passes', wasm?.sampleRatio, '≤ 1.2'),
  ];
}

export function printRatios(list) {
  const known = list.filter(({ value }) => value !== null);
  const width = Math.max(0, ...known.map(({ name }) => name.length));
  return known
    .map(
      ({ name, batch, asked, value }) =>
        `${name.padEnd(width)}  batch ${`${batch}`.padStart(2)}  ${number(value).padStart(7)}${asked ? `   asked ${asked}` : ''}`,
    )
    .join('\n');
}
