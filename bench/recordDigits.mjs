/**
 * Records the ten digits that the home page shows before anybody presses Start: what the strip draws with its first seed,
 * at a few moments on the way, by the shipped network on the wasm kernels. One grey PNG of 16 levels: a row for each moment,
 * a column for each digit; beside it what it was made of.
 *
 *     node bench/recordDigits.mjs [--seed 1] [--out src/components/widgets/home/live-strip/recorded]
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DRAWING, MOMENTS } from '../src/components/widgets/home/live-strip/drawing.ts';
import { readCheckpoint } from '../src/lib/checkpoint/index.ts';
import { createRng } from '../src/lib/math/numerics/rng.ts';
import { makeSchedule } from '../src/lib/math/process/schedule.ts';
import { timeFeatures } from '../src/lib/math/process/timeFeatures.ts';
import { ddimStep } from '../src/lib/math/samplers/ddim.ts';
import { readingOf, weightsOf } from '../src/lib/math/samplers/program.ts';
import { timesteps } from '../src/lib/math/samplers/timesteps.ts';
import { unet } from '../src/lib/tensor/networks/unet.ts';
import { parseConfig } from '../src/lib/tensor/recipes/diffusion/config.ts';
import { greyPng } from './greyPng.mjs';
import { nodePlan } from './wasm/nodePlan.mjs';

const { values: args } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    out: { type: 'string', default: 'src/components/widgets/home/live-strip/recorded' },
  },
});
const seed = Number(args.seed);
const CHECKPOINT = 'public/checkpoints/mnist.safetensors';
const bytes = readFileSync(CHECKPOINT);
const { config, tensors } = readCheckpoint(bytes, parseConfig);
const { model, diffusion } = config;
const [side, { count, steps, labels, guidanceScale }] = [model.imageSize, DRAWING];
const size = side * side;

const plan = nodePlan(model, { batch: 2 * count });
let place = 0;
for (const { name } of unet(model).specs) {
  plan.state.ema.set(tensors[name].data, place);
  place += tensors[name].data.length;
}
plan.changed();

/** Free and told at once: free + g·(told − free) (Ho & Salimans 2022). */
function guided(x, t) {
  const output = plan.forward(
    {
      values: {
        x: Float32Array.of(...x, ...x),
        features: timeFeatures(new Float64Array(2 * count).fill(t), diffusion.T, 4 * model.base),
      },
      labels: [...labels, ...labels.map(() => model.classes)],
    },
    'ema',
  );
  return x.map((_, i) => {
    const free = output[x.length + i];
    return free + guidanceScale * (output[i] - free);
  });
}

const streams = createRng(seed).fork('sample');
let x = new Float32Array(count * size);
for (let i = 0; i < count; i++) streams.fork(i).fillNormal(x.subarray(i * size, (i + 1) * size));
const schedule = makeSchedule(diffusion.schedule, diffusion.T);
const times = timesteps(diffusion.T, steps);
const states = [x];
for (let step = 0; step < steps; step++) {
  const [t, s] = [times[step], times[step + 1]];
  const [weights] = weightsOf(
    [ddimStep(schedule, t, s, DRAWING.eta)],
    readingOf('x0', t, schedule),
  );
  const { toX0 } = readingOf(diffusion.prediction, t, schedule);
  const output = guided(x, t);
  x = x.map((value, k) => {
    const x0 = Math.min(1, Math.max(-1, toX0.xt * value + toX0.prediction * output[k]));
    return weights.registers[0] * value + weights.answer * x0;
  });
  states.push(x);
}
plan.dispose();

const width = count * side;
const picture = new Float32Array(MOMENTS.length * size * count);
MOMENTS.forEach((moment, row) => {
  for (let k = 0; k < count * size; k++) {
    const [n, y, column] = [Math.floor(k / size), Math.floor((k % size) / side), k % side];
    picture[(row * side + y) * width + n * side + column] = states[moment][k];
  }
});
const png = greyPng(picture, width, MOMENTS.length * side, 4);
writeFileSync(join(args.out, 'digits.png'), png);
const record = {
  command: `node bench/recordDigits.mjs --seed ${seed}`,
  checkpoint: CHECKPOINT,
  sha256: createHash('sha256').update(bytes).digest('hex'),
  seed,
  moments: MOMENTS,
  times: MOMENTS.map((moment) => times[moment]),
  bytes: png.length,
};
writeFileSync(join(args.out, 'digits.json'), `${JSON.stringify(record, null, 2)}\n`);
console.log(record);
