/**
 * The runs of edition 1's fixtures: of each kind that the lab or a widget can make, as small as they get. Names are listed
 * here as that edition had them, whatever gets a name later.
 */

const BUGS = [
  'betaNotSqrt',
  'wrongAlphaBar',
  'noTimeEmbedding',
  'unscaledData',
  'noWarmupNoClip',
  'noEma',
  'noClip',
  'ddimOffByOne',
  'wrongEta',
  'noiseAtLastStep',
];
const WEIGHTINGS = [
  'simple',
  'epsilon',
  'x0',
  'velocity',
  'minSnr',
  'truncatedSnr',
  'p2',
  'elbo',
  'elboBeta',
];
export const SCHEDULES = [
  'linear',
  'cosine',
  'quadratic',
  'sigmoidBeta',
  'sigmoidAlphaBar',
  'scaledLinear',
];
const PREDICTIONS = ['epsilon', 'x0', 'v'];

const COMMON = {
  learningRate: 4e-3,
  warmup: 5,
  batchSize: 16,
  emaDecay: 0.9,
  seed: 3,
  steps: 0,
  backend: 'wasm',
  kernels: 'ours',
};
const unet = (changes) => ({
  kind: 'unet',
  imageSize: 2,
  channels: 1,
  base: 4,
  multipliers: [1],
  // Of one channel each, a group's normalisation takes out what the block is told of time and class.
  groups: 2,
  classes: 0,
  ...changes,
});
const mlp = (changes) => ({ kind: 'mlp', inputs: 2, width: 4, layers: 1, classes: 0, ...changes });

/** Those that a link asks for: name, address, steps. */
export const LINKED = [
  [
    'points-epsilon',
    'dataset=points&width=8&layers=1&batch=16&lr=0.004&ema=0.9&seed=3&steps=40&backend=wasm',
    30,
  ],
  [
    'points-x0',
    'dataset=points&width=8&layers=1&batch=16&lr=0.004&ema=0.9&seed=4&prediction=x0&weighting=minSnr&schedule=linear&T=100&steps=12&backend=wasm',
    12,
  ],
  [
    'all16',
    'dataset=all16&base=4&multipliers=1,1&batch=16&ema=0.9&seed=5&weighting=p2&backend=wasm',
    9,
  ],
  [
    'drawn',
    'dataset=drawn&drawn=2002-0220-1212&base=4&multipliers=1&batch=16&ema=0.9&seed=6&prediction=epsilon&backend=wasm',
    9,
  ],
];

/** Those that no link can ask for: name, config, steps. */
export const OTHERS = [
  [
    'points-v-classes',
    {
      ...COMMON,
      dataset: 'points',
      model: mlp({ width: 8, classes: 2 }),
      diffusion: { schedule: 'sigmoidAlphaBar', T: 50, prediction: 'v' },
      learningRate: 2e-2,
      weighting: 'elbo',
      labelDropout: 0.3,
    },
    80,
  ],
  ...BUGS.map((bug, i) => [
    `points-${bug}`,
    {
      ...COMMON,
      seed: 10 + i,
      dataset: 'points',
      model: mlp(),
      diffusion: { schedule: SCHEDULES[i % 6], T: 20, prediction: PREDICTIONS[i % 3] },
      weighting: WEIGHTINGS[i % 9],
      bug,
    },
    8,
  ]),
  [
    'digits-classes',
    {
      ...COMMON,
      seed: 7,
      dataset: 'digits',
      model: unet({ imageSize: 28, classes: 10 }),
      diffusion: { schedule: 'cosine', T: 1000, prediction: 'v' },
      learningRate: 2e-2,
      batchSize: 4,
    },
    25,
  ],
  [
    'two-betas',
    {
      ...COMMON,
      dataset: 'two',
      model: unet(),
      diffusion: {
        schedule: 'linear',
        T: 6,
        prediction: 'x0',
        betas: [0.02, 0.1, 0.2, 0.3, 0.45, 0.6],
      },
      clipNorm: 0.5,
      warmup: 3,
    },
    9,
  ],
];

/** Taken up from exported weights: its optimiser is younger than its count of steps. Op by op, with stock kernels. */
export const CONTINUED = {
  name: 'bars-continued',
  config: {
    ...COMMON,
    dataset: 'bars',
    model: unet({ base: 2, groups: 1 }),
    diffusion: { schedule: 'cosine', T: 30, prediction: 'v' },
    kernels: 'stock',
  },
  steps: [5, 4],
};
