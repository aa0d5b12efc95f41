/** What a bench prints: the table of rows, and the ratios that the book's claims rest on. Pure. */
import { findRow, ratio } from '../src/lib/worker/benchStats.ts';

const number = (x, digits = 3) =>
  x === null || x === undefined || !Number.isFinite(x) ? '–' : `${+x.toPrecision(digits)}`;

const columns = [
  ['engine', (r) => r.engine],
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

/** Each figure: its name, the two rows (slow ÷ fast, by training step), and what is asked of it. */
const FIGURES = [
  [
    'wasm: stock tfjs ÷ ours (two threads)',
    { engine: 'tfjs', backend: 'wasm', threads: 2 },
    { engine: 'ours', backend: 'wasm', threads: 2 },
    '≥ 25',
  ],
  [
    'wasm: stock tfjs ÷ ours (one thread)',
    { engine: 'tfjs', backend: 'wasm', threads: 1 },
    { engine: 'ours', backend: 'wasm', threads: 1 },
    '',
  ],
  [
    'wasm: jax-js ÷ ours (two threads)',
    { engine: 'jax-js', backend: 'wasm' },
    { engine: 'ours', backend: 'wasm', threads: 2 },
    '≥ 80',
  ],
  [
    'wasm: ours ÷ PyTorch (one thread)',
    { engine: 'ours', backend: 'wasm', threads: 1 },
    { engine: 'pytorch', threads: 1 },
    '≤ 1.25',
  ],
  [
    'wasm: ours ÷ PyTorch (two threads)',
    { engine: 'ours', backend: 'wasm', threads: 2 },
    { engine: 'pytorch', threads: 2 },
    '≤ 1.25',
  ],
  [
    'webgpu: tf.layers ÷ ours',
    { engine: 'tf.layers', backend: 'webgpu' },
    { engine: 'ours', backend: 'webgpu' },
    '≥ 7',
  ],
  [
    'webgpu: jax-js ÷ ours',
    { engine: 'jax-js', backend: 'webgpu' },
    { engine: 'ours', backend: 'webgpu' },
    '≥ 1.5',
  ],
  [
    'webgpu: stock tfjs ÷ ours',
    { engine: 'tfjs', backend: 'webgpu' },
    { engine: 'ours', backend: 'webgpu' },
    '',
  ],
  [
    'webgl: stock tfjs ÷ ours',
    { engine: 'tfjs', backend: 'webgl' },
    { engine: 'ours', backend: 'webgl' },
    '≥ 2.5',
  ],
];

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
