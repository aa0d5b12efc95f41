/** The runs that the trainer starts with, one per dataset. Chosen by measurement; see the comments. */
import type { ModelConfig, UNetConfig } from '../checkpoint/config.ts';
import type { DatasetName } from '../data/index.ts';
import type { RunConfig } from './protocol.ts';

/** The UNet for 28×28 grey images: 147,745 parameters unconditional. */
export const DIGIT_UNET: UNetConfig = {
  kind: 'unet',
  imageSize: 28,
  channels: 1,
  base: 16,
  multipliers: [1, 2, 2],
  groups: 8,
  classes: 0,
};

/** Two levels (2×2 and 1×1) are all that a 2×2 image has. */
export const TINY_UNET: UNetConfig = {
  kind: 'unet',
  imageSize: 2,
  channels: 1,
  base: 16,
  multipliers: [1, 2],
  groups: 8,
  classes: 0,
};

const POINT_MLP: ModelConfig = { kind: 'mlp', inputs: 2, width: 64, layers: 3, classes: 0 };

const COMMON = {
  warmup: 100,
  emaDecay: 0.999,
  seed: 1,
  steps: 0,
  backend: 'auto',
  kernels: 'ours',
} as const;

/** The default run for a dataset. `conditional` (10-class datasets) learns the labels for guidance. */
export function defaultRun(dataset: DatasetName, conditional = false): RunConfig {
  switch (dataset) {
    case 'all16':
    case 'two':
    case 'bars':
    case 'drawn':
      // About 5 ms a step on two cores: within 5 % of the exact loss floor after 10 s, 1.5 % at the end (20 s).
      return {
        ...COMMON,
        dataset,
        model: TINY_UNET,
        diffusion: { schedule: 'cosine', T: 100, prediction: 'v' },
        learningRate: 4e-3,
        warmup: 50,
        batchSize: 128,
        steps: 4000,
      };
    case 'points':
      return {
        ...COMMON,
        dataset,
        model: POINT_MLP,
        diffusion: { schedule: 'cosine', T: 200, prediction: 'epsilon' },
        learningRate: 2e-3,
        batchSize: 256,
      };
    default:
      return {
        ...COMMON,
        dataset,
        model: conditional ? { ...DIGIT_UNET, classes: 10 } : DIGIT_UNET,
        // On MNIST x_0 learns readable digits sooner than v: at equal operations the Fréchet distance is a quarter less, seed by
        // seed (bench/results/learning/ablation.json). Not measured on the other images.
        diffusion: { schedule: 'cosine', T: 1000, prediction: dataset === 'mnist' ? 'x0' : 'v' },
        learningRate: 2e-3,
        batchSize: 16,
      };
  }
}

/** Steps that show the main thing within a minute or a few on an ordinary machine, where the default run has no end. */
const TARGETS: Partial<Record<DatasetName, number>> = { mnist: 4000, fashion: 4000 };

/** How far a run on `dataset` goes unless the reader says otherwise. */
export const defaultTarget = (dataset: DatasetName): number =>
  defaultRun(dataset).steps || (TARGETS[dataset] ?? 3000);
