/**
 * Which settings learn readable digits for the fewest operations? Each row trains from a cold start for the same number of
 * floating-point operations, draws samples and judges them (learning/judge.mjs). One thread, so that a row can be
 * repeated bit for bit and a busy machine changes only how long it takes.
 *
 *     node bench/ablation.mjs [--only 'NAME;NAME'] [--seeds 1,2] [--steps 2000] [--samples 500]
 *                             [--json bench/results/learning/ablation.json] [--sheet DIRECTORY] [--print]
 *
 * `steps` are those of the row `default` (learning/variants.mjs); a variant of other cost takes as many as give the same GFLOP. Rows that the file has
 * already are not run again. --print writes the table of the file and runs nothing.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { cropped, trainingDigits } from './learning/digits.mjs';
import { draw } from './learning/draw.mjs';
import { createJudge } from './learning/judge.mjs';
import { contactSheet } from './learning/sheet.mjs';
import { printTable } from './learning/table.mjs';
import { DECAYS, openRun, stepGflop } from './learning/train.mjs';
import { base, variantRows, variants } from './learning/variants.mjs';

const { values: args } = parseArgs({
  options: {
    only: { type: 'string' },
    seeds: { type: 'string', default: '1,2' },
    steps: { type: 'string', default: '2000' },
    samples: { type: 'string', default: '500' },
    json: { type: 'string', default: 'bench/results/learning/ablation.json' },
    sheet: { type: 'string' },
    print: { type: 'boolean', default: false },
  },
});
const count = Number(args.samples);
const results = existsSync(args.json) ? JSON.parse(readFileSync(args.json, 'utf8')) : { rows: [] };
if (args.print) {
  printTable(results);
  process.exit();
}

const budget = Number(args.steps) * stepGflop(base);
const dataset = trainingDigits();
const { judge, real, noise } = await createJudge(count);
results.scale ??= {};
results.scale[count] = { real, noise };
const names = args.only?.split(';') ?? Object.keys(variants);
const seeds = args.seeds.split(',').map(Number);

for (const seed of seeds)
  for (const name of names) {
    const same = (row) =>
      row.variant === name && row.seed === seed && row.budget === budget && row.samples === count;
    if (results.rows.some(same)) continue;
    const variant = variants[name];
    if (!variant)
      throw new Error(`no variant "${name}"; there are: ${Object.keys(variants).join('; ')}`);
    const settings = { ...base, ...variant.settings };
    const start = performance.now();
    const { run, steps, loss } = train(settings, variant, seed);
    const seconds = (performance.now() - start) / 1000;
    for (const { label, average, sampler } of variantRows(name, variant, run)) {
      run.useAverage(average);
      const pictures = draw(run, { count, seed, ...sampler });
      const row = {
        variant: label,
        seed,
        steps,
        batch: settings.batchSize,
        budget,
        samples: count,
        ...round(await judge(pictures)),
        loss: Number(loss.toFixed(5)),
        seconds: Math.round(seconds),
        command: `node bench/ablation.mjs --only '${name}' --seeds ${seed} --steps ${args.steps} --samples ${count}`,
        date: new Date().toISOString(),
      };
      results.rows.push(row);
      console.log(
        `${label}, seed ${seed}: ${steps} steps in ${row.seconds} s, loss ${row.loss}; sure ${row.sure}, readable ${row.readable}, Fréchet ${row.frechet}`,
      );
      if (args.sheet) {
        mkdirSync(args.sheet, { recursive: true });
        const file = `${label.replaceAll(/[^a-z0-9.]+/gi, '-')}-${args.steps}-${seed}.png`;
        writeFileSync(`${args.sheet}/${file}`, contactSheet(pictures));
      }
    }
    run.close();
    writeFileSync(args.json, `${JSON.stringify(results, null, 1)}\n`);
  }
printTable(results);

/** A whole run within the budget. With a crop, the first part of it on the middle of the images. `loss`: last tenth. */
function train(settings, { average, extra, decay: name = 'tail', crop }, seed) {
  const options = { seed, threads: 1, average, extra };
  const share = crop?.share ?? 0;
  const small = { ...settings, model: { ...settings.model, imageSize: crop?.side } };
  const first = share > 0 ? Math.round((share * budget) / stepGflop(small)) : 0;
  const steps = first + Math.round(((1 - share) * budget) / stepGflop(settings));
  const late = Math.floor(0.9 * steps);
  let loss = 0;
  const go = (run, until) => {
    for (let step = run.steps() + 1; step <= until; step++) {
      const error = run.step(DECAYS[name](step / steps));
      if (step > late) loss += error / (steps - late);
    }
    return run;
  };
  const before =
    first > 0 ? go(openRun(small, cropped(dataset, crop.side), options), first) : undefined;
  const run = go(openRun(settings, dataset, { ...options, after: before }), steps);
  before?.close();
  return { run, steps, loss };
}

function round({ sure, readable, frechet }) {
  return {
    sure: Number(sure.toFixed(4)),
    readable: Number(readable.toFixed(4)),
    frechet: Number(frechet.toFixed(2)),
  };
}
