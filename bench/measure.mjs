/** One group of cells: all opened, then timed in turns, A B A B, until the rounds or the time are used up. */
import { rowOf } from '../src/lib/bench/stats.ts';
import { openPeaks } from './peaks.mjs';
import { torchTurn } from './pytorch.mjs';

/** Steps of a turn that are timed, after one that is not; a slow engine has fewer. */
const TURN = { steps: 15, seconds: 0.5 };
/** Steps of a PyTorch process. */
const TORCH_STEPS = 5;

const emptySamples = () => ({
  train: [],
  forward: [],
  js: [],
  sample: [],
  dispatches: 0,
  losses: [],
  bytes: 0,
});

const nameOf = ({ engine, variant, backend, threads }) =>
  `${engine}${variant ? ` (${variant})` : ''} on ${backend}, ${threads} thread${threads > 1 ? 's' : ''}`;

/** The calls of a cell in the page; `id` is the page's number for it. */
const pageCell = (page, id, cell) => ({
  open: () => page.evaluate(([i, c]) => window.bench.open(i, c), [id, cell]),
  run: (work, repeats, cap) =>
    page.evaluate(([i, w, r, s]) => window.bench.run(i, w, r, s), [id, work, repeats, cap]),
  close: () => page.evaluate((i) => window.bench.close(i), id),
});

/**
 * The first step of a turn is not timed, nor its first forward pass. The other engines ran meanwhile, and it would measure
 * them: it fills the processor's caches again, and a software adapter compiles again what its cache of shaders, which all
 * engines share, has dropped. An engine that tells its loss before its step is done does the rest in what comes next. In
 * training, step follows step.
 */
async function pageTurn(cell, live, samples, sampled) {
  samples.losses.push(...(await live.run('train', 1, 0)).losses);
  const train = await live.run('train', TURN.steps, TURN.seconds);
  samples.train.push(...train.ms);
  samples.js.push(...train.jsMs);
  samples.losses.push(...train.losses);
  samples.dispatches = train.dispatches;
  samples.bytes = Math.max(samples.bytes, train.bytes);
  await live.run('forward', 1, 0);
  const forward = await live.run('forward', TURN.steps, TURN.seconds / 2);
  samples.forward.push(...forward.ms);
  if (sampled && cell.engine === 'ours' && cell.backend === 'wasm')
    samples.sample.push(...(await live.run('sample', 1, 0)).ms);
}

async function torchRound(python, cell, live, samples) {
  const row = await torchTurn(python, cell, TORCH_STEPS);
  samples.train.push(row.trainMs);
  samples.forward.push(row.forwardMs);
  live.info ??= {
    parameters: row.parameters,
    threads: row.threads,
    adapter: '',
    software: false,
    detail: `PyTorch ${row.version}; each repeat is a process: the median of ${TORCH_STEPS} steps`,
    firstStepMs: Number.NaN,
    loss: Number.NaN,
  };
}

const plain = (error) => error.message.replace(/^page.evaluate: (Error: )?/, '').split('\n')[0];

/** Fails after `seconds` with a plain sentence. */
function within(promise, seconds) {
  let timer;
  const limit = new Promise((_, reject) => {
    const late = () => reject(new Error(`no first step within ${seconds} s`));
    timer = setTimeout(late, 1000 * seconds);
  });
  return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}

/**
 * @param {{ page: any, torch: {python: string} | null, cells: any[], rounds: number, cap: number, patience: number,
 *           sampled: boolean, say: (text: string) => void }} options
 *   cap: seconds of measurement for one cell; patience: seconds that its start may take
 */
export async function measureGroup({ page, torch, cells, rounds, cap, patience, sampled, say }) {
  const live = [];
  const missing = [];
  for (const [id, cell] of cells.entries()) {
    const name = nameOf(cell);
    const entry = { cell, name, samples: emptySamples(), info: null };
    try {
      if (cell.engine === 'pytorch') {
        entry.turn = () => torchRound(torch.python, cell, entry, entry.samples);
        entry.close = () => {};
      } else {
        const handle = pageCell(page, id, cell);
        entry.info = await within(handle.open(), patience);
        await handle.run('forward', 1, 0);
        entry.turn = () => pageTurn(cell, handle, entry.samples, sampled);
        entry.close = handle.close;
        if (cell.engine === 'ours' && cell.backend === 'wasm')
          entry.peaks = await openPeaks(page, cell, handle);
        say(`${name}: first step ${(entry.info.firstStepMs / 1000).toFixed(1)} s`);
      }
      live.push(entry);
    } catch (error) {
      const message = plain(error);
      missing.push({ ...cell, message });
      say(`${name}: not measured, ${message}`);
      await page.evaluate((i) => window.bench.close(i), id);
    }
  }
  const spent = ({ train, forward }) => [...train, ...forward].reduce((a, b) => a + b, 0) / 1000;
  for (let round = 0; round < rounds; round++) {
    for (const entry of live.filter(({ failed }) => !failed)) {
      const used = spent(entry.samples);
      // A cell whose next turn would pass its cap has had its share.
      if (round > 0 && used + used / round > cap) continue;
      try {
        await entry.turn();
        await entry.peaks?.turn();
      } catch (error) {
        entry.failed = true;
        missing.push({ ...entry.cell, message: `round ${round + 1}: ${plain(error)}` });
      }
    }
    say(`round ${round + 1} of ${rounds} done`);
  }
  const rows = live
    .filter(({ samples }) => samples.forward.length > 0)
    .map(({ cell, info, samples }) => rowOf(cell, info, samples));
  const peaks = live.filter((entry) => entry.peaks && !entry.failed).map((e) => e.peaks.result());
  for (const entry of live) {
    await entry.close();
    await entry.peaks?.close();
  }
  return { rows, missing, peaks };
}
