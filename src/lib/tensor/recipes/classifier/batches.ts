/** The images of one step and what they are, made from (seed, step) alone: each epoch visits every image once. */
import type { Dataset } from '../../../data/dataset.ts';
import { type AheadOf, aheadOf } from '../../ahead.ts';
import { batchPlan } from '../../batch.ts';
import type { ClassifierShape } from '../../networks/classifier.ts';

export interface LabelledBatch {
  /** Flat, image by image. */
  x: Float32Array;
  labels: Int32Array;
}

/** The labels of data that fit the network. @throws RangeError where they do not. */
export function labelsFor(network: ClassifierShape, data: Dataset): Uint8Array {
  const { imageSize: side, channels, classes } = network;
  if (data.height !== side || data.width !== side || data.channels !== channels)
    throw new RangeError(
      `The classifier takes images of ${side}×${side}×${channels}, but "${data.name}" has ${data.height}×${data.width}×${data.channels}. Choose the data that belong to it.`,
    );
  if (!data.labels)
    throw new RangeError(
      `A classifier learns from labels, and "${data.name}" has none. Choose data with classes.`,
    );
  if (data.classes > classes)
    throw new RangeError(
      `The classifier tells ${classes} classes apart, but "${data.name}" has ${data.classes}. Choose the data that belong to it.`,
    );
  return data.labels;
}

export function labelledBatches(
  data: Dataset,
  network: ClassifierShape,
  settings: { batchSize: number; seed: number },
): AheadOf<LabelledBatch> {
  const own = labelsFor(network, data);
  const size = data.height * data.width * data.channels;
  const plan = batchPlan({ ...settings, dataset: data });
  const make = (step: number): LabelledBatch => {
    const chosen = plan.images(step);
    const x = new Float32Array(chosen.length * size);
    chosen.forEach((image, i) => {
      x.set(data.images.subarray(image * size, (image + 1) * size), i * size);
    });
    return { x, labels: Int32Array.from(chosen, (image) => own[image]) };
  };
  return aheadOf(make);
}
