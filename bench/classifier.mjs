/**
 * How soon does the classifier tell MNIST's digits apart? The recipe's own run in Node, on the wasm kernels: its settings,
 * batches and steps, from a cold start, judged on the 10,000 test digits at five marks.
 *
 *     node bench/classifier.mjs [--seeds 1,2,3] [--steps 2500] [--threads 2] [--json FILE]
 *
 * `seconds` are those of training alone, beside whatever else the machine does (`load`: processes waiting for its `cores` at
 * the start); `cpuSeconds` are this program's own.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { classifier } from '../src/lib/tensor/networks/classifier.ts';
import { initialParameters } from '../src/lib/tensor/params.ts';
import { labelledBatches } from '../src/lib/tensor/recipes/classifier/batches.ts';
import { defaultClassifier, hyperOf } from '../src/lib/tensor/recipes/classifier/kind.ts';
import { hitsOf } from '../src/lib/tensor/recipes/classifier/losses.ts';
import { labelledDigits } from './learning/digits.mjs';
import { compiled } from './wasm/nodePlan.mjs';

const usual = defaultClassifier('mnist');
const { values: args } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1,2,3' },
    steps: { type: 'string', default: `${usual.steps}` },
    threads: { type: 'string', default: '2' },
    json: { type: 'string' },
  },
});
const threads = Number(args.threads);
const settings = { ...usual, steps: Number(args.steps) };
const MARKS = 5;

const train = labelledDigits('train');
const test = labelledDigits('test');
const graph = classifier(settings.network);
const rounded = (x, digits) => Number(x.toFixed(digits));

/** One run: what it had come to at each mark. */
function run(seed) {
  const { batchSize, steps } = settings;
  const plan = compiled(graph, { batch: batchSize, threads, loss: 'crossEntropy' });
  plan.state.params.set(initialParameters(graph.specs, seed));
  plan.state.ema.set(plan.state.params);
  plan.changed();
  const batches = labelledBatches(train, settings.network, { batchSize, seed });
  const weights = new Float32Array(batchSize).fill(1);
  const accuracy = (set) =>
    hitsOf(plan.forward({ values: { x: test.images } }, set), test.labels) / test.count;
  const marks = [];
  let [seconds, cpuSeconds, loss, fastest] = [0, 0, 0, Number.POSITIVE_INFINITY];
  for (let step = 1; step <= steps; step++) {
    const [began, before] = [performance.now(), process.cpuUsage()];
    const { x, labels } = batches.at(step);
    const given = { values: { x }, labels, weights };
    const taken = plan.trainStep(given, hyperOf(settings, step), () => batches.prepare(step + 1));
    const took = performance.now() - began;
    const { user, system } = process.cpuUsage(before);
    seconds += took / 1e3;
    cpuSeconds += (user + system) / 1e6;
    fastest = Math.min(fastest, took);
    loss += taken.loss;
    if (step % Math.ceil(steps / MARKS) !== 0 && step !== steps) continue;
    const since = step - (marks.at(-1)?.step ?? 0);
    marks.push({
      ...{ step, loss: rounded(loss / since, 4), accuracy: accuracy('ema'), raw: accuracy('raw') },
      ...{ seconds: rounded(seconds, 1), cpuSeconds: rounded(cpuSeconds, 1) },
    });
    loss = 0;
    console.log(`seed ${seed}`, JSON.stringify(marks.at(-1)));
  }
  plan.dispose();
  return { seed, marks, fastestStepMs: rounded(fastest, 2) };
}

const record = {
  command: `node bench/classifier.mjs ${process.argv.slice(2).join(' ')}`.trim(),
  date: new Date().toISOString(),
  machine: { cpu: cpus()[0]?.model, cores: cpus().length, load: rounded(loadavg()[0], 1) },
  threads,
  settings,
  runs: args.seeds.split(',').map((seed) => run(Number(seed))),
};
if (args.json) {
  mkdirSync(dirname(args.json), { recursive: true });
  writeFileSync(args.json, `${JSON.stringify(record, null, 1)}\n`);
}
// Helper threads would wait for ever.
process.exit(0);
