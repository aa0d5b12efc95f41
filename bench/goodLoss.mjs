/**
 * What is a good loss where no exact floor is known? Trains the lab's own runs to their targets, from a cold start, and writes
 * down what the lab would show at the end: the mean unweighted loss of the last tenth of the steps.
 *
 *     node bench/goodLoss.mjs [--only mnist,points] [--predictions x0,v,epsilon] [--seed 1]
 *                             [--json src/components/trainer/goodLoss.json]
 *
 * One thread, so that a row can be repeated bit for bit by the same build of the kernels. Rows that the file has already are
 * not run again. Left out, --predictions are what each data set starts with.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { DATASET_NAMES, datasetOf } from '../src/lib/data/records.ts';
import { meanWindow } from '../src/lib/math/numerics/runningMean.ts';
import { objectiveOf } from '../src/lib/math/objectives/record.ts';
import { timeFeatures } from '../src/lib/math/process/timeFeatures.ts';
import { emaDecayAt, learningRateAt } from '../src/lib/tensor/adam.ts';
import { createBatches } from '../src/lib/tensor/batch.ts';
import { timeWidth } from '../src/lib/tensor/networks/conditioned.ts';
import { graphOf } from '../src/lib/tensor/networks/index.ts';
import { initialParameters } from '../src/lib/tensor/params.ts';
import { scheduleOf } from '../src/lib/tensor/recipes/diffusion/config.ts';
import { defaultRun, defaultTarget } from '../src/lib/tensor/recipes/diffusion/defaults.ts';
import { compiled } from './wasm/nodePlan.mjs';

const { values: args } = parseArgs({
  options: {
    only: { type: 'string' },
    predictions: { type: 'string' },
    seed: { type: 'string', default: '1' },
    json: { type: 'string', default: 'src/components/trainer/goodLoss.json' },
  },
});
const seed = Number(args.seed);
const names =
  args.only?.split(',') ?? DATASET_NAMES.filter((name) => datasetOf(name).exact === undefined);

// The loaders ask the site for its files: here they lie in public/.
const SITE = 'http://book.invalid/';
globalThis.fetch = async (url) => {
  const path = `public/${String(url).slice(SITE.length)}`;
  return existsSync(path) ? new Response(readFileSync(path)) : new Response('', { status: 404 });
};

/** The run to its target: the loss that the lab shows then. */
function finalLoss(run, steps, dataset) {
  const { model, batchSize, learningRate, warmup, emaDecay, weighting = 'simple' } = run;
  const { prediction } = run.diffusion;
  const graph = graphOf(model);
  const width = timeWidth(graph);
  const plan = compiled(graph, { batch: batchSize, threads: 1 });
  plan.state.params.set(initialParameters(graph.specs, seed));
  plan.state.ema.set(plan.state.params);
  plan.changed();
  const objective = objectiveOf(weighting, { schedule: scheduleOf(run.diffusion), prediction });
  const batches = createBatches({
    images: dataset.images,
    dataset,
    objective,
    batchSize,
    seed,
    classes: model.classes,
    labelDropout: 0.1,
  });
  let sum = 0;
  for (let step = 1; step <= steps; step++) {
    const { xt: x, target, t, time, T, labels } = batches.at(step);
    const { errors } = plan.trainStep(
      {
        values: { x, features: timeFeatures(time, T, width) },
        labels,
        target,
        weights: Float32Array.from(t, objective.weight),
      },
      {
        step,
        learningRate: learningRateAt(step, { learningRate, warmup, steps }),
        emaDecay: emaDecayAt(emaDecay, step),
        clipNorm: 1,
      },
      () => batches.prepare(step + 1),
    );
    if (step > steps - meanWindow(steps)) sum += errors.reduce((a, b) => a + b, 0) / errors.length;
  }
  plan.dispose();
  return sum / meanWindow(steps);
}

const rows = existsSync(args.json) ? JSON.parse(readFileSync(args.json, 'utf8')).rows : [];
for (const dataset of names) {
  const usual = defaultRun(dataset);
  const data = await datasetOf(dataset).load({ baseUrl: SITE });
  for (const prediction of args.predictions?.split(',') ?? [usual.diffusion.prediction]) {
    if (rows.some((row) => row.dataset === dataset && row.prediction === prediction)) continue;
    const steps = defaultTarget(dataset);
    const run = { ...usual, diffusion: { ...usual.diffusion, prediction } };
    const loss = Number(finalLoss(run, steps, data).toPrecision(4));
    rows.push({
      dataset,
      prediction,
      steps,
      seed,
      loss,
      date: new Date().toISOString().slice(0, 10),
    });
    console.log(JSON.stringify(rows.at(-1)));
    const record = { command: 'node bench/goodLoss.mjs', rows };
    writeFileSync(args.json, `${JSON.stringify(record, null, 2)}\n`);
  }
}
process.exit(0);
