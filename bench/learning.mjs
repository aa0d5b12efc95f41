/**
 * How soon are the digits readable? Trains the bench UNet on MNIST from a cold start with the wasm kernels for a given
 * time, draws unconditional samples with the averaged weights, and asks the classifier how many it is sure of.
 *
 *     node bench/learning.mjs [--seconds 90] [--seeds 1,2,3] [--threads 2] [--samples 1000] [--json FILE]
 *
 * The rate falls over the last 40 % of the time, as in the lab when a target is set; the time stands for the steps.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import '@tensorflow/tfjs-backend-cpu';
import { parseIdx } from '../src/lib/data/idx.ts';
import { fitGaussian, frechetDistance } from '../src/lib/math/frechet.ts';
import { createRng } from '../src/lib/math/rng.ts';
import { ddimStep, timesteps } from '../src/lib/math/samplerSteps.ts';
import { makeSchedule } from '../src/lib/math/schedule.ts';
import { timeFeatures } from '../src/lib/math/timeFeatures.ts';
import { emaDecayAt, learningRateAt } from '../src/lib/tensor/adam.ts';
import { createBatches } from '../src/lib/tensor/batch.ts';
import { loadClassifier } from '../src/lib/tensor/classifier.ts';
import { initialParameters } from '../src/lib/tensor/params.ts';
import { unetSpecs } from '../src/lib/tensor/unetPlan.ts';
import { DIGIT_UNET, defaultRun } from '../src/lib/worker/defaults.ts';
import { nodePlan } from './wasm/nodePlan.mjs';

const { values: args } = parseArgs({
  options: {
    seconds: { type: 'string', default: '90' },
    seeds: { type: 'string', default: '1,2,3' },
    threads: { type: 'string', default: '2' },
    samples: { type: 'string', default: '1000' },
    json: { type: 'string' },
  },
});
const seconds = Number(args.seconds);
const threads = Number(args.threads);
const count = Number(args.samples);
const run = defaultRun('mnist');
const { T, schedule: kind, prediction } = run.diffusion;
const schedule = makeSchedule(kind, T);
const SIZE = 784;
const SURE = 0.9;

const open = (name) => parseIdx(gunzipSync(readFileSync(`public/data/mnist/${name}.gz`)));
const pixels = (idx) => Float32Array.from(idx.data, (v) => v / 127.5 - 1);
const images = pixels(open('train-images-idx3-ubyte'));
const dataset = {
  images,
  labels: null,
  count: images.length / SIZE,
  height: 28,
  width: 28,
  channels: 1,
};

/** Trains for `seconds`, returns the steps taken. */
function train(plan, seed) {
  plan.state.params.set(initialParameters(unetSpecs(DIGIT_UNET), seed));
  plan.state.ema.set(plan.state.params);
  plan.changed();
  const batches = createBatches({
    images,
    dataset,
    schedule,
    prediction,
    batchSize: run.batchSize,
    seed,
    classes: 0,
    labelDropout: 0,
  });
  const start = performance.now();
  let batch = batches.at(1);
  for (let step = 1; ; step++) {
    const fraction = (performance.now() - start) / 1000 / seconds;
    if (fraction >= 1) return step - 1;
    // Elapsed time in place of steps: 1000 stands for the whole run.
    const decayed = learningRateAt(1000 * fraction, {
      learningRate: run.learningRate,
      warmup: 0,
      steps: 1000,
    });
    const { xt: x, target, t } = batch;
    plan.trainStep(
      { x, target, features: timeFeatures(t, T, 64), weights: new Float32Array(t.length).fill(1) },
      {
        step,
        learningRate: decayed * Math.min(1, step / run.warmup),
        emaDecay: emaDecayAt(run.emaDecay, step),
        clipNorm: 1,
      },
      () => batches.prepare(step + 1),
    );
    batch = batches.at(step + 1);
  }
}

/** DDIM, η = 0, 50 evaluations, x̂_0 clipped: x_s = a·x_t + b·x̂_0. */
function draw(plan, seed) {
  const x = createRng(`samples ${seed}`).fillNormal(new Float32Array(count * SIZE));
  const times = timesteps(T, 50);
  for (let i = 0; i + 1 < times.length; i++) {
    const [t, s] = [times[i], times[i + 1]];
    const { a, b } = ddimStep(schedule, t, s, { prediction: 'x0', eta: 0 });
    const features = timeFeatures(new Float64Array(count).fill(t), T, 64);
    const v = plan.forward({ x, features }, 'ema');
    const [signal, noise] = [Math.sqrt(schedule.alphaBar[t]), Math.sqrt(schedule.noiseVariance[t])];
    for (let k = 0; k < x.length; k++) {
      const x0 = Math.min(1, Math.max(-1, signal * x[k] - noise * v[k]));
      x[k] = a * x[k] + b * x0;
    }
  }
  return x;
}

const classifier = loadClassifier(
  new Uint8Array(readFileSync('public/checkpoints/classifier.safetensors')),
);
/** Share of pictures whose class the classifier is sure of, and their features. Noise can look sure too: hence the distance. */
async function judge(pictures) {
  const { probabilities, features } = await classifier.judge(pictures);
  const rows = Array.from({ length: pictures.length / SIZE }, (_, n) =>
    features.subarray(48 * n, 48 * (n + 1)),
  );
  let sure = 0;
  for (let n = 0; n < pictures.length / SIZE; n++) {
    if (Math.max(...probabilities.subarray(10 * n, 10 * n + 10)) >= SURE) sure++;
  }
  return { sure: sure / rows.length, gaussian: fitGaussian(rows) };
}

const real = pixels(open('t10k-images-idx3-ubyte')).subarray(0, count * SIZE);
const results = {
  seconds,
  threads,
  samples: count,
  batch: run.batchSize,
  date: new Date().toISOString(),
  realDigits: 0,
  runs: [],
};
const truth = await judge(real);
results.realDigits = truth.sure;
console.log(`real test digits: sure of ${(100 * results.realDigits).toFixed(1)} %`);
for (const seed of args.seeds.split(',').map(Number)) {
  const plan = nodePlan(DIGIT_UNET, { batch: run.batchSize, threads });
  const steps = train(plan, seed);
  const { sure, gaussian } = await judge(draw(plan, seed));
  const frechet = frechetDistance(truth.gaussian, gaussian);
  results.runs.push({ seed, steps, sure, frechet });
  console.log(
    `seed ${seed}: ${steps} steps in ${seconds} s; sure of ${(100 * sure).toFixed(1)} %, Fréchet distance ${frechet.toFixed(1)}`,
  );
  plan.dispose();
}
if (args.json) writeFileSync(args.json, `${JSON.stringify(results, null, 2)}\n`);
