/**
 * The variants of bench/ablation.mjs, one change at a time against `base`. Besides the run's settings:
 *   decay     how the rate falls (train.mjs, DECAYS); default `tail`
 *   average   step → decay of the moving average, in place of the run's own
 *   extra     more averages of the same training, each a row of its own: `variant, name`
 *   crop      the first `share` of the operations goes into the middle `side`×`side` pixels: mixed resolution
 *   samplers  ways to draw from the same weights beside 50 steps of DDIM, each a row of its own; default `STOCHASTIC`
 */
import { emaDecayAt } from '../../src/lib/tensor/adam.ts';
import { DIGIT_UNET, defaultRun } from '../../src/lib/tensor/recipes/diffusion/defaults.ts';

/** What the rows change one thing of: the reader's run as it was when they were measured, with v. */
export const base = {
  ...defaultRun('mnist'),
  model: DIGIT_UNET,
  diffusion: { schedule: 'cosine', T: 1000, prediction: 'v' },
  learningRate: 2e-3,
  warmup: 100,
  batchSize: 16,
  emaDecay: 0.999,
};
const { diffusion } = base;
const unet = (base, multipliers) => ({
  settings: { model: { ...DIGIT_UNET, base, multipliers } },
});
const diffuse = (change) => ({ settings: { diffusion: { ...diffusion, ...change } } });
/** With x_0, what MNIST starts with now. */
const x0 = (more = {}) => ({ settings: { ...diffuse({ prediction: 'x0' }).settings, ...more } });
const rate = (learningRate, more = {}) => ({ settings: { learningRate, ...more } });

/** decay_k = (1 + k)/(horizon + k): the average reaches back about k/horizon steps at step k. */
const growing = (horizon) => (step) => (1 + step) / (horizon + step);
const AVERAGES = {
  'ema 0.99': (step) => emaDecayAt(0.99, step),
  'ema 1/5': growing(5),
  'ema 1/20': growing(20),
};
const STOCHASTIC = { 'eta 1, 100': { steps: 100, eta: 1 } };
const SAMPLERS = {
  'ddim 25': { steps: 25 },
  'ddim 100': { steps: 100 },
  'eta 1, 50': { steps: 50, eta: 1 },
  ...STOCHASTIC,
  'eta 1, 250': { steps: 250, eta: 1 },
};

export const variants = {
  default: { extra: AVERAGES, samplers: SAMPLERS },
  'lr 4e-3': rate(4e-3),
  'lr 8e-3': rate(8e-3),
  'lr 1e-3': rate(1e-3),
  'decay hold': { decay: 'hold', extra: AVERAGES },
  'decay linear': { decay: 'linear' },
  'decay cosine': { decay: 'cosine' },
  'lr 4e-3, decay linear': { ...rate(4e-3), decay: 'linear' },
  'lr 4e-3, decay hold': { ...rate(4e-3), decay: 'hold', extra: AVERAGES },
  'batch 8': { settings: { batchSize: 8 } },
  'batch 32': { settings: { batchSize: 32 } },
  'batch 32, lr 4e-3': rate(4e-3, { batchSize: 32 }),
  'predict x0': x0(),
  'predict x0, lr 4e-3': x0({ learningRate: 4e-3 }),
  'predict x0, schedule linear': diffuse({ prediction: 'x0', schedule: 'linear' }),
  'predict x0, schedule sigmoid': diffuse({ prediction: 'x0', schedule: 'sigmoidAlphaBar' }),
  'predict x0, base 8, 1-4-4': x0(unet(8, [1, 4, 4]).settings),
  'predict x0, batch 8': x0({ batchSize: 8 }),
  'predict x0, decay hold': { ...x0(), decay: 'hold' },
  'predict epsilon': diffuse({ prediction: 'epsilon' }),
  'schedule linear': diffuse({ schedule: 'linear' }),
  'schedule sigmoid': diffuse({ schedule: 'sigmoidAlphaBar' }),
  'weighting minSnr': { settings: { weighting: 'minSnr' } },
  'weighting truncatedSnr': { settings: { weighting: 'truncatedSnr' } },
  'weighting x0': { settings: { weighting: 'x0' } },
  'weighting epsilon': { settings: { weighting: 'epsilon' } },
  'predict x0, warm-up 0': x0({ warmup: 0 }),
  'predict x0, warm-up 500': x0({ warmup: 500 }),
  'predict x0, warm-up 1000': x0({ warmup: 1000 }),
  'predict x0, lr 4e-3, warm-up 500': x0({ learningRate: 4e-3, warmup: 500 }),
  'predict x0, lr 4e-3, warm-up 1000': x0({ learningRate: 4e-3, warmup: 1000 }),
  'predict x0, ema 0.995': x0({ emaDecay: 0.995 }),
  'crop 20, half': { crop: { side: 20, share: 0.5 } },
  'crop 20, 3/4': { crop: { side: 20, share: 0.75 } },
  'base 8, 1-4-4': unet(8, [1, 4, 4]),
  'base 16, 1-2-4': unet(16, [1, 2, 4]),
  'base 8, 1-4-8': unet(8, [1, 4, 8]),
  'base 24, 1-2-2': unet(24, [1, 2, 2]),
  'base 8, 1-2-4': unet(8, [1, 2, 4]),
};

/** The rows that one training gives: its own, and one for each extra average and each sampler. */
export function variantRows(name, { samplers = STOCHASTIC }, { plan, averages }) {
  const own = plan.state.ema.slice();
  return [
    { label: name, average: own, sampler: {} },
    ...Object.entries(averages).map(([extra, average]) => ({
      label: `${name}, ${extra}`,
      average,
      sampler: {},
    })),
    ...Object.entries(samplers).map(([extra, sampler]) => ({
      label: `${name}, ${extra}`,
      average: own,
      sampler,
    })),
  ];
}
