/**
 * The data of one training step as the run's objective asks for them, made on the host from (seed, step) alone: which
 * images, which t, which noise, which labels are dropped. Nothing is carried from step to step, so a reloaded run continues bit for bit.
 */
import type { Dataset } from '../data/index.ts';
import { createRng, type Rng } from '../math/numerics/rng.ts';
import type { Objective } from '../math/objectives/objective.ts';
import { diffuse } from '../math/process/forward.ts';
import { predictionTarget } from '../math/process/parameterization.ts';
import { type AheadOf, aheadOf } from './ahead.ts';

export interface Batch {
  /** What the network sees of x_t, and what it should answer; count × size numbers each. */
  xt: Float32Array;
  target: Float32Array;
  /** Times of the objective's process: its weights are those of these. */
  t: ArrayLike<number>;
  /** The times that the network is told, and the range of its time embedding. */
  time: ArrayLike<number>;
  T: number;
  /** What x_t was made of, for a loss that asks for it. */
  drawn?: { x0: Float32Array; epsilon: Float32Array };
  /** Present for models with classes; `classes` is the null class. */
  labels?: Int32Array;
}

export type BatchSource = AheadOf<Batch>;

export interface BatchOptions {
  /** Images as the network sees them. */
  images: Float32Array;
  dataset: Dataset;
  objective: Objective;
  batchSize: number;
  seed: number;
  /** Classes of the model, 0 for none. */
  classes: number;
  labelDropout: number;
}

/** What is drawn for a step before its noise: the images, and the stream of everything else. A device may go on from here. */
export interface BatchPlan {
  /** Numbers of the images of a step, from 1. */
  images(step: number): Uint32Array<ArrayBuffer>;
  stream(step: number): Rng;
}

export function batchPlan({
  seed,
  dataset,
  batchSize,
}: Pick<BatchOptions, 'seed' | 'dataset' | 'batchSize'>): BatchPlan {
  const root = createRng(seed);
  const order = epochOrder(root.fork('order'), dataset.count);
  const streams = root.fork('steps');
  return {
    images: (step) =>
      Uint32Array.from({ length: batchSize }, (_, i) => order((step - 1) * batchSize + i)),
    stream: (step) => streams.fork(step),
  };
}

export function createBatches(options: BatchOptions): BatchSource {
  const { images, dataset, objective, batchSize, classes, labelDropout } = options;
  const { process, forward = process, targetOptions } = objective;
  const plan = batchPlan(options);
  const size = dataset.height * dataset.width * dataset.channels;
  const noise = new Float32Array(size);

  const make = (step: number): Batch => {
    const rng = plan.stream(step);
    const chosen = plan.images(step);
    const xt = new Float32Array(batchSize * size);
    const target = new Float32Array(batchSize * size);
    const t = new Float64Array(batchSize);
    const labels = classes > 0 ? new Int32Array(batchSize) : undefined;
    const whole = () => new Float32Array(batchSize * size);
    const drawn = objective.loss && { x0: whole(), epsilon: whole() };
    for (let i = 0; i < batchSize; i++) {
      const index = chosen[i];
      const x0 = images.subarray(index * size, (index + 1) * size);
      // One from each B-th of the law: the same law for each sample, less variance for the mean.
      t[i] = objective.timeAt(i + rng.uniform(), batchSize);
      // Drawn from in either case: the stream is the same, however data are paired with noise.
      rng.fillNormal(noise);
      if (dataset.noise) noise.set(dataset.noise.subarray(index * size, (index + 1) * size));
      drawn?.x0.set(x0, i * size);
      drawn?.epsilon.set(noise, i * size);
      const scale = objective.input(t[i]);
      const noisy = diffuse(x0, t[i], forward, noise);
      for (let k = 0; k < size; k++) xt[i * size + k] = scale * noisy[k];
      const wanted = predictionTarget(objective.target, x0, noise, t[i], process, targetOptions);
      target.set(wanted, i * size);
      if (labels)
        labels[i] = rng.uniform() < labelDropout ? classes : (dataset.labels?.[index] ?? classes);
    }
    return { xt, target, t, time: t.map(objective.told), T: objective.T, labels, drawn };
  };

  return aheadOf(make);
}

/** Image number at a position of the endless stream of epochs; each epoch visits every image once, in its own order. */
function epochOrder(rng: Rng, count: number): (position: number) => number {
  const cached = new Map<number, Uint32Array>();
  const permutation = (epoch: number): Uint32Array => {
    let order = cached.get(epoch);
    if (!order) {
      order = Uint32Array.from({ length: count }, (_, i) => i);
      const stream = rng.fork(epoch);
      for (let i = count - 1; i > 0; i--) {
        const j = stream.int(i + 1);
        [order[i], order[j]] = [order[j], order[i]];
      }
      // A batch spans few epochs' ends unless the data set is tiny.
      if (cached.size > 8) cached.clear();
      cached.set(epoch, order);
    }
    return order;
  };
  return (position) => permutation(Math.floor(position / count))[position % count];
}
