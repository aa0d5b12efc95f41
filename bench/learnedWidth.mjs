/**
 * What a learned width is worth on MNIST: the lab's own run with the simple and with the hybrid loss, in Node on the wasm kernels,
 * from the same start and the same draws; then the bound of both on test digits, with each width of the bells.
 *
 *     node bench/learnedWidth.mjs [--seeds 1,2,3] [--steps 1500] [--draws 64] [--threads 1] [--json FILE]
 *
 * Bits per dimension: the decoder of 256 grey levels with σ₁² = β̃₂, as the published code has it; two t from each of some twenty
 * ranges, `draws` images each. `fitted` is one v for each measured t, from one half of the draws and judged by the other.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { setBackend, tensor4d } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { objectiveOf } from '../src/lib/math/objectives/record.ts';
import { timeFeatures } from '../src/lib/math/process/timeFeatures.ts';
import {
  accountFrom,
  strata,
  timesOf,
  withNamedWidth,
  withWidth,
} from '../src/lib/plots/bound/modelLedger.ts';
import { emaDecayAt, learningRateAt } from '../src/lib/tensor/adam.ts';
import { createBatches } from '../src/lib/tensor/batch.ts';
import { moduleStepper } from '../src/lib/tensor/moduleStepper.ts';
import { unet } from '../src/lib/tensor/networks/unet.ts';
import { initialParameters } from '../src/lib/tensor/params.ts';
import { scheduleOf } from '../src/lib/tensor/recipes/diffusion/config.ts';
import { defaultRun } from '../src/lib/tensor/recipes/diffusion/defaults.ts';
import { evaluate } from '../src/lib/tensor/recipes/diffusion/evaluate.ts';
import { labelledDigits } from './learning/digits.mjs';
import { DECAYS, openRun } from './learning/train.mjs';
import { compiled } from './wasm/nodePlan.mjs';

const { values: args } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1,2,3' },
    steps: { type: 'string', default: '1500' },
    draws: { type: 'string', default: '64' },
    threads: { type: 'string', default: '1' },
    json: { type: 'string' },
  },
});
const [steps, draws, threads] = [args.steps, args.draws, args.threads].map(Number);
const usual = defaultRun('mnist');
const { diffusion, batchSize } = usual;
const schedule = scheduleOf(diffusion);
const shape = [28, 28, 1];
const [train, test] = ['train', 'test'].map(labelledDigits);
const rounded = (x, digits = 4) => Number(x.toFixed(digits));
await setBackend('cpu');

/** The unconditional network of the lab; two answers a pixel for the hybrid loss. */
const modelOf = (weighting) => ({
  ...usual.model,
  classes: 0,
  ...(weighting === 'hybrid' && { answers: 2 }),
});

const squaredErrorOf = (errors) => errors.reduce((a, b) => a + b, 0) / errors.length;

/** The lab's run: a whole step at once. */
function simple(seed) {
  const settings = { ...usual, model: modelOf('simple') };
  const { plan, step } = openRun(settings, train, { seed, threads });
  return { plan, step: (n) => step(DECAYS.tail(n / steps)) };
}

/** The same batches, and a loss that reads two answers: outputs come out, their slope goes back in. */
function hybrid(seed) {
  const graph = unet(modelOf('hybrid'));
  const plan = compiled(graph, { batch: batchSize, threads, wanted: [] });
  plan.state.params.set(initialParameters(graph.specs, seed));
  plan.state.ema.set(plan.state.params);
  plan.changed();
  const objective = objectiveOf('hybrid', { schedule, prediction: diffusion.prediction });
  const drawing = { objective, batchSize, seed, classes: 0, labelDropout: 0 };
  const batches = createBatches({ images: train.images, dataset: train, ...drawing });
  let inputs;
  const module = {
    forward(given) {
      inputs = given;
      return plan.forward(given, 'raw');
    },
    backward: (slope) => plan.backward(inputs, slope),
    update: (hyper) => plan.update(hyper),
  };
  const stepper = moduleStepper(module, { graph, imageShape: shape }, objective.loss);
  return {
    plan,
    async step(n) {
      const batch = batches.at(n);
      const learningRate = learningRateAt(n, { ...usual, steps });
      const hyper = { step: n, learningRate, emaDecay: emaDecayAt(usual.emaDecay, n), clipNorm: 1 };
      const weights = Float32Array.from(batch.t, objective.weight);
      const { errors } = await stepper.issue(batch, weights, hyper, () => batches.prepare(n + 1));
      return squaredErrorOf(errors);
    },
  };
}

async function run(weighting, seed) {
  const { plan, step } = { simple, hybrid }[weighting](seed);
  const began = process.cpuUsage();
  let recent = 0;
  for (let n = 1; n <= steps; n++) {
    recent += await step(n);
    if (n % 250 === 0) {
      console.log(`${weighting}, seed ${seed}, step ${n}: squared error ${rounded(recent / 250)}`);
      recent = 0;
    }
  }
  const { user, system } = process.cpuUsage(began);
  const bits = await measured(plan, weighting);
  plan.dispose();
  return { weighting, seed, cpuSeconds: rounded((user + system) / 1e6, 1), ...bits };
}

async function measured(plan, weighting) {
  const answers = weighting === 'hybrid' ? 2 : 1;
  const width = 4 * usual.model.base;
  const network = {
    imageShape: shape,
    forward: (_, x, { t, T }) =>
      tensor4d(
        plan.forward({ values: { x: x.dataSync(), features: timeFeatures(t, T, width) } }, 'ema'),
        [t.length, 28, 28, answers],
      ),
  };
  const all = strata(schedule.T, 1);
  const asked = { kind: 'bits', timesteps: timesOf(all), samplesPerT: draws, seed: 7 };
  const terms = [];
  for await (const term of evaluate({ network, params: {}, diffusion }, test, asked))
    terms.push(term);
  const subject = { schedule, dimension: 784 };
  const account = (found) => {
    const {
      total,
      standardError,
      reconstruction,
      diffusion: steps_,
      prior,
    } = accountFrom(all, found);
    return {
      ...{ total: rounded(total), standardError: rounded(standardError) },
      ...{
        reconstruction: rounded(reconstruction),
        steps: rounded(steps_),
        prior: rounded(prior, 6),
      },
    };
  };
  return {
    betaTilde: account(withNamedWidth(terms, 'betaTilde', subject)),
    beta: account(withNamedWidth(terms, 'beta', subject)),
    fitted: account(withWidth(terms, 'learned', subject, 'betaTilde2').terms),
    ...(answers === 2 && { learned: account(withNamedWidth(terms, 'learned', subject)) }),
  };
}

const runs = [];
for (const seed of args.seeds.split(',').map(Number))
  for (const weighting of ['simple', 'hybrid']) {
    runs.push(await run(weighting, seed));
    console.log(JSON.stringify(runs.at(-1)));
  }
const record = {
  command: `node bench/learnedWidth.mjs ${process.argv.slice(2).join(' ')}`.trim(),
  date: new Date().toISOString().slice(0, 10),
  ...{ steps, draws, batchSize, T: schedule.T, schedule: diffusion.schedule, runs },
};
if (args.json) writeFileSync(args.json, `${JSON.stringify(record, null, 2)}\n`);
