/**
 * How soon are the digits readable? Trains the reader's default UNet on MNIST from a cold start with the wasm kernels,
 * draws unconditional samples with the averaged weights at each mark, and has them judged (learning/judge.mjs): once drawn
 * by 50 steps of DDIM, and once by 100 steps with noise (η = 1), which mends what a young network gets wrong.
 *
 *     node bench/learning.mjs [--seconds 90,300] [--seeds 1,2,3] [--threads 2] [--samples 1000] [--decay hold]
 *                             [--json FILE] [--sheet DIRECTORY]
 *
 * With --decay hold (default) the rate stays, as in the lab until it is paused: one run per seed passes all marks. With tail
 * the rate falls over the last 40 % of the time, as in the lab when a number of steps is set: each mark is a run of its
 * own. Only training counts as time, not the sampling at a mark. --sheet writes 64 samples of every mark as a picture.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { defaultRun } from '../src/lib/tensor/recipes/diffusion/defaults.ts';
import { trainingDigits } from './learning/digits.mjs';
import { draw } from './learning/draw.mjs';
import { createJudge } from './learning/judge.mjs';
import { contactSheet } from './learning/sheet.mjs';
import { DECAYS, openRun, stepGflop } from './learning/train.mjs';

const { values: args } = parseArgs({
  options: {
    seconds: { type: 'string', default: '90' },
    seeds: { type: 'string', default: '1,2,3' },
    threads: { type: 'string', default: '2' },
    samples: { type: 'string', default: '1000' },
    decay: { type: 'string', default: 'hold' },
    json: { type: 'string' },
    sheet: { type: 'string' },
  },
});
const numbers = (text) => text.split(',').map(Number);
const marks = numbers(args.seconds).sort((a, b) => a - b);
const threads = Number(args.threads);
const count = Number(args.samples);
const decay = DECAYS[args.decay];
if (!decay) throw new Error(`--decay is one of ${Object.keys(DECAYS).join(', ')}`);
/** Marks that one run passes. */
const journeys = args.decay === 'hold' ? [marks] : marks.map((mark) => [mark]);

/** Two ways to draw from the same weights; neither costs training. */
const SAMPLERS = {
  ddim50: { steps: 50, eta: 0 },
  ancestral100: { steps: 100, eta: 1 },
};

const settings = defaultRun('mnist');
const dataset = trainingDigits();
const { judge, real, noise } = await createJudge(count);
const results = {
  command: `node bench/learning.mjs ${process.argv.slice(2).join(' ')}`.trim(),
  date: new Date().toISOString(),
  threads,
  samples: count,
  decay: args.decay,
  settings,
  real,
  noise,
  runs: [],
};
const say = (what, m) =>
  console.log(
    `${what}: sure of ${percent(m.sure)}, readable ${percent(m.readable)}, Fréchet distance ${m.frechet.toFixed(1)}`,
  );
say(`${count} real test digits`, real);
say('clipped noise', noise);

for (const seed of numbers(args.seeds))
  for (const stops of journeys) {
    const run = openRun(settings, dataset, { seed, threads });
    let trained = 0;
    for (const mark of stops) {
      trained = trainUntil(run, mark, trained);
      const steps = run.steps();
      const gflop = Math.round(steps * stepGflop(settings));
      for (const [name, sampler] of Object.entries(SAMPLERS)) {
        const pictures = draw(run, { count, seed, ...sampler });
        const scores = await judge(pictures);
        results.runs.push({ seed, seconds: mark, steps, gflop, sampler: name, ...scores });
        say(`seed ${seed}, ${mark} s, ${steps} steps, ${name}`, scores);
        if (args.json) writeFileSync(args.json, `${JSON.stringify(results, null, 2)}\n`);
        if (args.sheet) {
          mkdirSync(args.sheet, { recursive: true });
          writeFileSync(`${args.sheet}/${mark}s-seed${seed}-${name}.png`, contactSheet(pictures));
        }
      }
    }
    run.close();
  }

/** Goes on from `trained` seconds of training to `mark`; time stands for the steps of the decay. */
function trainUntil(run, mark, trained) {
  const start = performance.now() - 1000 * trained;
  for (;;) {
    const seconds = (performance.now() - start) / 1000;
    if (seconds >= mark) return seconds;
    run.step(decay(seconds / mark));
  }
}

function percent(share) {
  return `${(100 * share).toFixed(1)} %`;
}
