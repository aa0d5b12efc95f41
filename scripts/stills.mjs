/**
 * Makes the stills of a network that chapters show before anything runs, with the digits network that the book ships, on
 * TensorFlow.js in plain JavaScript:
 *
 *     node scripts/stills.mjs
 *
 * content/pictures/drawing.json: a digit on its way out of noise. firstLook.json beside the network's diagram: what its blocks
 * give out for one noisy digit, the channels that vary most. Both are part of the repository, with the settings that made them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { ready, setBackend, tensor4d, tidy } from '@tensorflow/tfjs-core';
import { mostAlive } from '../src/components/widgets/network/network/alive.ts';
import { readCheckpoint } from '../src/lib/checkpoint/index.ts';
import { drawnDigits } from '../src/lib/data/digits.ts';
import { createRng } from '../src/lib/math/numerics/rng.ts';
import { diffuse } from '../src/lib/math/process/forward.ts';
import { makeSchedule } from '../src/lib/math/process/schedule.ts';
import { createNetwork } from '../src/lib/tensor/network.ts';
import { toTensors } from '../src/lib/tensor/params.ts';
import { parseConfig } from '../src/lib/tensor/recipes/diffusion/config.ts';
import { sample } from '../src/lib/tensor/recipes/diffusion/sample.ts';
import { greyPng } from '../src/markdown/greyPng.ts';
import { ROOT } from './environment.mjs';

const CHECKPOINT = 'public/checkpoints/digits.safetensors';
const COMMAND = 'node scripts/stills.mjs';
/** Ancestral sampling: the chain of chapter 1, which draws a 5. */
const DRAWING = {
  ...{ count: 1, steps: 100, sampler: 'ddpm', variance: 'betaTilde', eta: 1, seed: 3, clip: true },
  ...{ labels: [5], guidanceScale: 1 },
};
const SHOWN = [1000, 700, 500, 400, 300, 200, 100, 0];
/** What look.ts beside the diagram asks at first: the same digit in the same noise. */
const LOOK = { digit: 3, hand: 7, t: 300, noise: 5 };

await setBackend('cpu');
await ready();
const { config, tensors } = readCheckpoint(readFileSync(join(ROOT, CHECKPOINT)), parseConfig);
const network = createNetwork(config.model);
const params = toTensors(
  network.specs,
  Float32Array.from(network.specs.flatMap(({ name }) => [...tensors[name].data])),
);

/** One digit for each of 16 greys, row by row, as hexadecimal digits. */
const hex = (values) =>
  Array.from(values, (v) =>
    Math.min(15, Math.floor((Math.max(-1, Math.min(1, v)) + 1) * 8)).toString(16),
  ).join('');

const write = (path, record) =>
  writeFileSync(
    join(ROOT, path),
    `${JSON.stringify({ command: COMMAND, checkpoint: CHECKPOINT, ...record }, null, 1)}\n`,
  );

async function drawing() {
  const frames = [];
  // The noise at the start is no step: it is what the stream of the seed gives first.
  const start = createRng(DRAWING.seed).fork('sample').fork(0).fillNormal(new Float32Array(784));
  frames.push({ t: config.diffusion.T, pixels: hex(start) });
  for (const { s, x } of sample({ network, params, diffusion: config.diffusion }, DRAWING))
    if (SHOWN.includes(s)) frames.push({ t: s, pixels: hex(await x.data()) });
  write('content/pictures/drawing.json', { asked: DRAWING, frames });
}

async function firstLook() {
  const clean = drawnDigits({ count: 1, seed: LOOK.hand, start: LOOK.digit }).images;
  const noise = createRng(LOOK.noise).fillNormal(new Float64Array(784));
  const x = Float32Array.from(
    diffuse(Float64Array.from(clean), LOOK.t, makeSchedule('cosine', config.diffusion.T), noise),
  );
  const seen = {};
  tidy(() =>
    network.forward(params, tensor4d(x, [1, 28, 28, 1]), {
      ...{ t: [LOOK.t], T: config.diffusion.T, labels: [LOOK.digit] },
      probe(name, output) {
        if (output.shape.length === 4 && output.shape[1] > 1)
          seen[name] = mostAlive(output.dataSync(), output.shape[3]).map((values) =>
            greyPng(values, output.shape[2], output.shape[1]),
          );
      },
    }),
  );
  write('src/components/widgets/network/network/firstLook.json', {
    ...{ asked: LOOK, blocks: seen },
  });
}

await firstLook();
await drawing();
