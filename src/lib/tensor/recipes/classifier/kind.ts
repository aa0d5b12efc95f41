/** The data types of this recipe, and its settings: checked, named, and those that a data set starts with. */
import { type Fields, fail, fields, integer, parseDataset } from '../../../checkpoint/config.ts';
import { type DatasetName, datasetOf } from '../../../data/records.ts';
import { learningRateAt, type StepHyper } from '../../adam.ts';
import type { ClassifierShape } from '../../networks/classifier.ts';
import type { Kind, RunSettings } from '../recipe.ts';
import { keyOfShown, numberSetting, parseCommon, RUN_LIMITS } from '../settings.ts';

export interface ClassifierRun extends RunSettings {
  recipe: 'classifier';
  network: ClassifierShape;
  learningRate: number;
  /** Steps of linear warm-up. With a total, the rate falls to a tenth in the last 40 %. */
  warmup: number;
  emaDecay: number;
}

export type ClassifierDescription = Pick<ClassifierRun, 'recipe' | 'dataset' | 'network'>;

/** Some images that were judged. */
export interface ClassifierPoint {
  count: number;
  /** How many were given their own label. */
  hits: number;
  /** Mean cross-entropy in nats. */
  loss: number;
}

export interface ClassifierResult {
  count: number;
  /** Share of hits, 0 … 1. */
  accuracy: number;
  loss: number;
}

export interface ClassifierKind extends Kind {
  config: ClassifierRun;
  description: ClassifierDescription;
  point: ClassifierPoint;
  result: ClassifierResult;
}

/** Throws CheckpointError 'config', naming the first wrong field. */
function parseNetwork(value: unknown): ClassifierShape {
  const own = fields(value, 'network');
  const whole = (key: keyof ClassifierShape, low: number, high: number) =>
    integer(own, 'network', key, low, high);
  const network = {
    imageSize: whole('imageSize', 4, 256),
    channels: whole('channels', 1, 4),
    classes: whole('classes', 2, 255),
    base: whole('base', 1, 256),
    groups: whole('groups', 1, 64),
  };
  const { imageSize, base, groups } = network;
  if (imageSize % 4 !== 0)
    fail('network.imageSize', { code: 'divisible', values: { by: 4 } }, imageSize);
  if (base % groups !== 0) fail('network.base', { code: 'grouped', values: { groups } }, base);
  return network;
}

export function parseDescription(value: unknown): ClassifierDescription {
  const own = fields(value, 'config');
  return {
    recipe: 'classifier',
    dataset: parseDataset(own.dataset),
    network: parseNetwork(own.network),
  };
}

/** @throws RangeError or CheckpointError that names the first wrong setting. */
export function parseRun(value: unknown): ClassifierRun {
  const own = (value ?? {}) as Fields;
  return {
    ...parseDescription(own),
    ...parseCommon(own),
    learningRate: numberSetting(own, 'learningRate', RUN_LIMITS.learningRate),
    warmup: numberSetting(own, 'warmup', RUN_LIMITS.warmup, true),
    emaDecay: numberSetting(own, 'emaDecay', RUN_LIMITS.emaDecay),
  };
}

/** Gradients are scaled to at most this norm. */
const CLIP_NORM = 1;

/** Of a step of the run; `own`: of the optimiser, which may have begun later. */
export const hyperOf = (config: ClassifierRun, step: number, own = step): StepHyper => ({
  step: own,
  learningRate: learningRateAt(step, config, own),
  emaDecay: config.emaDecay,
  clipNorm: CLIP_NORM,
});

/** What changes the learning, but how far it goes and where. */
export const keyOf = ({ dataset, network, learningRate, ...run }: ClassifierRun): string =>
  keyOfShown(dataset, [
    ['classifier', network.imageSize, network.channels, network.classes],
    [network.base, network.groups],
    [learningRate, run.warmup, run.batchSize, run.emaDecay, run.seed],
  ]);

/**
 * The run that a data set with classes starts with. On MNIST its 2,500 steps of 32 images, an epoch and a third,
 * come to 99 % of the test digits (bench/results/classifier/learning.json).
 * @throws RangeError for data without classes, or of a size that cannot be halved twice.
 */
export function defaultClassifier(dataset: DatasetName): ClassifierRun {
  const { shape, classNames } = datasetOf(dataset);
  const [imageSize, width, channels] = shape;
  if (classNames.length < 2 || imageSize !== width || imageSize % 4 !== 0)
    throw new RangeError(
      `A classifier needs square images with labels, of a side divisible by 4, but "${dataset}" has ${imageSize}×${width} images of ${classNames.length} classes. Choose other data.`,
    );
  return {
    recipe: 'classifier',
    dataset,
    network: { imageSize, channels, classes: classNames.length, base: 8, groups: 4 },
    learningRate: 2e-3,
    warmup: 100,
    batchSize: 32,
    emaDecay: 0.99,
    seed: 1,
    steps: 2500,
    backend: 'auto',
    kernels: 'ours',
  };
}
