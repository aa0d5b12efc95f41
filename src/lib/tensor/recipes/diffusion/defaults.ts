/** The runs that the trainer starts with, one per dataset: each from the record of its data (`data/records.ts`). */
import type { ModelConfig, UNetConfig } from '../../../checkpoint/config.ts';
import { type DatasetName, datasetOf } from '../../../data/records.ts';
import type { RunConfig } from './run.ts';

const COMMON = {
  emaDecay: 0.999,
  seed: 1,
  backend: 'auto',
  kernels: 'ours',
} as const;

/** The network that suits a dataset; `classes` labels, 0 for none. */
export function defaultModel(dataset: DatasetName, classes = 0): ModelConfig {
  const { shape, run } = datasetOf(dataset);
  const [imageSize, across, channels] = shape;
  // The order of the keys is part of the name of runs that earlier versions kept (formerKey).
  if (run.network.kind === 'mlp') {
    const { kind, width, layers } = run.network;
    return { kind, inputs: imageSize * across * channels, width, layers, classes };
  }
  const { base, multipliers } = run.network;
  return {
    kind: 'unet',
    imageSize,
    channels,
    base,
    multipliers: [...multipliers],
    groups: 8,
    classes,
  };
}

/** The UNet for 28×28 grey images: 147,745 parameters unconditional. */
export const DIGIT_UNET = defaultModel('digits') as UNetConfig;
/** Two levels (2×2 and 1×1) are all that a 2×2 image has. */
export const TINY_UNET = defaultModel('all16') as UNetConfig;

export function defaultRun(dataset: DatasetName): RunConfig {
  const { classNames, run } = datasetOf(dataset);
  const { conditional, prediction, T, learningRate, batchSize, warmup = 100, steps = 0 } = run;
  return {
    ...COMMON,
    dataset,
    model: defaultModel(dataset, conditional ? classNames.length : 0),
    diffusion: { schedule: 'cosine', T, prediction },
    learningRate,
    warmup,
    batchSize,
    steps,
  };
}

/** How far a run on `dataset` goes unless the reader says otherwise: a minute or a few on an ordinary machine. */
export const defaultTarget = (dataset: DatasetName): number => {
  const { steps, target = 3000 } = datasetOf(dataset).run;
  return steps || target;
};
