/** Noisy images with what a network answers to them: what every measurement of it begins with. */
import { type Tensor4D, tensor4d, tidy } from '@tensorflow/tfjs-core';
import { RIGHT_PARTS } from '../../../math/mistakes/parts.ts';
import type { Rng } from '../../../math/numerics/rng.ts';
import { answerPlace } from '../../../math/objectives/objective.ts';
import { diffuse } from '../../../math/process/forward.ts';
import type { Schedule } from '../../../math/process/schedule.ts';
import { imageOrder } from './imageOrder.ts';
import type { Model } from './sample.ts';

/** Images per forward pass. */
const CHUNK = 64;

export interface DrawnImage {
  x0: Float32Array;
  xt: Float64Array;
  epsilon: Float32Array;
  output: Float32Array;
  /** The second answer, of a network that gives one. */
  width?: Float32Array;
}

/** samplesPerT draws of (x_0, ε) at one t with the network's answers. Images in a random order. */
export async function* draws(
  model: Model,
  images: Float32Array,
  schedule: Schedule,
  t: number,
  options: { samplesPerT: number; seed: number },
  rng: Rng,
): AsyncGenerator<DrawnImage> {
  const { network, params, diffusion, parts = RIGHT_PARTS } = model;
  const size = network.imageShape.reduce((a, b) => a * b, 1);
  const forward = parts.forward(schedule);
  const count = images.length / size;
  const order = imageOrder(count, options.samplesPerT, rng.fork('images'));
  for (let done = 0; done < options.samplesPerT; done += CHUNK) {
    const length = Math.min(CHUNK, options.samplesPerT - done);
    const chunk = Array.from({ length }, (_, i) => {
      const index = order[done + i];
      const x0 = images.subarray(index * size, (index + 1) * size);
      const epsilon = rng.fillNormal(new Float32Array(size));
      return { x0, epsilon, xt: diffuse(x0, t, forward, epsilon) };
    });
    const batch = new Float32Array(length * size);
    chunk.forEach(({ xt }, i) => {
      batch.set(xt, i * size);
    });
    const prediction = tidy(() =>
      network.forward(params, tensor4d(batch, [length, ...network.imageShape]), {
        t: new Float64Array(length).fill(t),
        T: diffusion.T,
      }),
    ) as Tensor4D;
    const output = Float32Array.from(await prediction.data());
    prediction.dispose();
    const own = output.length / length;
    for (const [i, image] of chunk.entries()) {
      const [first, second] = answersIn(output.subarray(i * own, (i + 1) * own), network, size);
      yield { ...image, output: first, width: second };
    }
  }
}

/** Each answer of an image by itself. */
function answersIn(output: Float32Array, { imageShape }: Model['network'], size: number) {
  if (output.length === size) return [output];
  const at = (which: 0 | 1) => (_: number, k: number) =>
    output[answerPlace(k, imageShape[2], which)];
  return ([0, 1] as const).map((which) => new Float32Array(size).map(at(which)));
}
