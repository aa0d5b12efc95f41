/**
 * How readable are pictures? Three answers of the classifier of python/README.md (99.45 % of test digits right):
 *
 *   sure      share whose likeliest class has probability ≥ 0.9. Alone it proves little: noise can look sure too.
 *   readable  share that is sure AND near the data, in the classifier's 48 features and in the pixels: the distance to the
 *             nearest of 9,000 test digits is at most the 99th percentile of that distance for other test digits.
 *             Features alone let speckle pass, pixels alone a grey blur.
 *   frechet   Fréchet distance between Gaussian fits to the features of the pictures and of the 9,000: the only one
 *             that also sees whether all kinds of digits are there.
 */
import { readFileSync } from 'node:fs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { setBackend } from '@tensorflow/tfjs-core';
import { fitGaussian, frechetDistance } from '../../src/lib/math/judge/frechet.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { loadClassifier } from '../../src/lib/tensor/classifier.ts';
import { SIZE, testDigits } from './digits.mjs';

const FEATURES = 48;
const SURE = 0.9;

/** A judge who has seen the reference digits, with what real digits and pure noise get: the ends of the scale. */
export async function createJudge(count) {
  setWasmPaths('node_modules/@tensorflow/tfjs-backend-wasm/wasm-out/');
  await setBackend('wasm');
  const classifier = loadClassifier(
    new Uint8Array(readFileSync('public/checkpoints/classifier.safetensors')),
  );
  const look = async (pictures) => {
    const { probabilities, features } = await classifier.judge(pictures);
    const rows = cut(features, FEATURES);
    const sure = rows.map(
      (_, n) => Math.max(...probabilities.subarray(10 * n, 10 * n + 10)) >= SURE,
    );
    return { rows, sure, pixels: cut(pictures, SIZE) };
  };

  const { held, reference } = testDigits(count);
  const known = await look(reference);
  const gaussian = fitGaussian(known.rows);
  const real = await look(held);
  const limits = {
    rows: percentile99(real.rows.map((row) => nearest(row, known.rows))),
    pixels: percentile99(real.pixels.map((image) => nearest(image, known.pixels))),
  };

  const measure = ({ rows, sure, pixels }) => {
    const share = (test) => rows.filter((_, n) => test(n)).length / rows.length;
    return {
      sure: share((n) => sure[n]),
      readable: share(
        (n) =>
          sure[n] &&
          nearest(rows[n], known.rows, limits.rows) <= limits.rows &&
          nearest(pixels[n], known.pixels, limits.pixels) <= limits.pixels,
      ),
      frechet: frechetDistance(gaussian, fitGaussian(rows)),
    };
  };
  const noise = createRng('pure noise').fillNormal(new Float32Array(count * SIZE));
  return {
    real: measure(real),
    noise: measure(await look(noise.map((v) => Math.min(1, Math.max(-1, v))))),
    judge: async (pictures) => measure(await look(pictures)),
  };
}

const cut = (all, size) =>
  Array.from({ length: all.length / size }, (_, n) => all.subarray(size * n, size * (n + 1)));

const percentile99 = (values) => values.sort((a, b) => a - b)[Math.ceil(0.99 * values.length) - 1];

/** Euclidean distance to the nearest of `known`; any that is at most `enough` will do. */
function nearest(row, known, enough = 0) {
  let best = Number.POSITIVE_INFINITY;
  for (const other of known) {
    let sum = 0;
    for (let i = 0; i < row.length && sum < best; i++) sum += (row[i] - other[i]) ** 2;
    if (sum < best) best = sum;
    if (best <= enough ** 2) break;
  }
  return Math.sqrt(best);
}
