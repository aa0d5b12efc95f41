/** Training: one step as a function of the session, and the async generator that the book shows. */
import {
  concat,
  engine,
  reshape,
  type Scalar,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
  tensor1d,
  tensor4d,
  tidy,
} from '@tensorflow/tfjs-core';
import { scheduleOf } from '../checkpoint/config.ts';
import type { Dataset } from '../data/index.ts';
import type { Schedule } from '../math/schedule.ts';
import { learningRateAt } from './adam.ts';
import { type BatchSource, createBatches } from './batch.ts';
import { networkTime, scaledData, trainHyper } from './bugs.ts';
import { createNetwork, type Network } from './network.ts';
import { weightedMse } from './ops/weightedMse.ts';
import { createOptimizer, type FlatState, freshState, type Optimizer } from './optimizer.ts';
import type { TrainOptions } from './options.ts';
import { initialParameters } from './params.ts';
import { lossWeights } from './weighting.ts';

/** A run in progress on the present backend. */
export interface Session {
  options: TrainOptions;
  dataset: Dataset;
  schedule: Schedule;
  network: Network;
  batches: BatchSource;
  optimizer: Optimizer;
  /** Steps taken. */
  step: number;
}

export interface TrainStep {
  step: number;
  /** Mean of `errors`: unweighted squared error per element. */
  loss: number;
  gradNorm: number;
  learningRate: number;
  /** t of each image of the batch, and its error. */
  t: Int32Array;
  errors: Float32Array;
}

/** Starts a run, or continues one from its state. The dataset must fit the model. */
export function createSession(options: TrainOptions, dataset: Dataset, state?: FlatState): Session {
  const network = createNetwork(options.model);
  const [h, w, c] = network.imageShape;
  if (h !== dataset.height || w !== dataset.width || c !== dataset.channels)
    throw new RangeError(
      `The model takes images of ${h}×${w}×${c}, but "${dataset.name}" has ${dataset.height}×${dataset.width}×${dataset.channels}. Choose the model that belongs to the dataset.`,
    );
  const start = state ?? freshState(initialParameters(network.specs, options.seed));
  const schedule = scheduleOf(options.diffusion);
  return {
    options,
    dataset,
    schedule,
    network,
    batches: createBatches({
      images: scaledData(dataset.images, options.bug),
      dataset,
      schedule,
      prediction: options.diffusion.prediction,
      batchSize: options.batchSize,
      seed: options.seed,
      classes: options.model.classes,
      labelDropout: options.labelDropout ?? 0.1,
      bug: options.bug,
    }),
    optimizer: createOptimizer(network.specs, start),
    step: start.step,
  };
}

/**
 * Issues one training step (Ho et al. 2020, algorithm 1) and returns without waiting for the device; the promise
 * brings the loss. Several steps may be under way on a GPU.
 */
export function trainStep(session: Session): Promise<TrainStep> {
  const { options, network, schedule, optimizer } = session;
  const step = session.step + 1;
  const batch = session.batches.at(step);
  const hyper = trainHyper(
    {
      learningRate: options.learningRate,
      warmup: options.warmup,
      steps: options.steps,
      clipNorm: options.clipNorm ?? 1,
    },
    options.bug,
  );
  const learningRate = learningRateAt(step, hyper);
  const weightOf = lossWeightsOf(session);
  const params = optimizer.params();
  const packed = tidy(() => {
    const shape: [number, number, number, number] = [batch.t.length, ...network.imageShape];
    const xt = tensor4d(batch.xt, shape);
    const target = tensor4d(batch.target, shape);
    const weights = tensor1d(Float32Array.from(batch.t, (t) => weightOf[t]));
    let errors: Tensor1D | undefined;
    const lossOf = (): Scalar => {
      const prediction = network.forward(params, xt, {
        t: networkTime(batch.t, options.bug),
        T: schedule.T,
        labels: batch.labels,
      });
      return weightedMse(prediction, target, weights, (e) => {
        errors = e;
      });
    };
    const { grads } = gradients(
      lossOf,
      network.specs.map(({ name }) => params[name]),
    );
    const norm = optimizer.step(grads, {
      step,
      learningRate,
      emaDecay: options.emaDecay,
      clipNorm: hyper.clipNorm,
    });
    const result = concat([reshape(norm, [1]), errors as Tensor1D]);
    errors?.dispose();
    return result;
  });
  session.step = step;
  return read(packed).then((values) => {
    const errors = values.subarray(1);
    const loss = errors.reduce((total, e) => total + e, 0) / errors.length;
    return { step, loss, gradNorm: values[0], learningRate, t: batch.t, errors };
  });
}

/** d(value)/d(xs) by the tape. */
export function gradients(f: () => Scalar, xs: Tensor[]): { value: Scalar; grads: Tensor[] } {
  const { value, grads } = engine().gradients(f, xs, undefined, true);
  return { value, grads };
}

async function read(packed: Tensor): Promise<Float32Array> {
  try {
    return Float32Array.from(await packed.data());
  } finally {
    packed.dispose();
  }
}

const weightCache = new WeakMap<Schedule, { kind: string; values: Float64Array }>();

function lossWeightsOf({ options, schedule }: Session): Float64Array {
  const kind = options.weighting ?? 'simple';
  const cached = weightCache.get(schedule);
  if (cached?.kind === kind) return cached.values;
  const values = lossWeights(kind, schedule, options.diffusion.prediction);
  weightCache.set(schedule, { kind, values });
  return values;
}

// #region train
/** Trains until the target number of steps (for ever without one), yielding after every step. */
export async function* train(session: Session): AsyncGenerator<TrainStep> {
  while (session.options.steps === 0 || session.step < session.options.steps) {
    yield await trainStep(session);
  }
}
// #endregion

/** Hands the run's tensors back. The session cannot be used afterwards. */
export function disposeSession(session: Session): void {
  session.optimizer.dispose();
}

/** Inputs as the network takes them, for callers that hold one flat array. */
export function imageTensor(network: Network, values: Float32Array): Tensor4D {
  const size = network.imageShape.reduce((a, b) => a * b, 1);
  return tensor4d(values, [values.length / size, ...network.imageShape]);
}
