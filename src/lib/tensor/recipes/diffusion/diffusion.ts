/** The recipe of the book's first half: a network learns what a chain of noise did to its data, and draws by going back. */
import { partsOf } from '../../../math/mistakes/bugs.ts';
import { createNetwork } from '../../network.ts';
import type { Recipe } from '../recipe.ts';
import { parseConfig } from './config.ts';
import { defaultRun, defaultTarget } from './defaults.ts';
import type { DiffusionKind } from './kind.ts';
import { loadNetwork } from './loaded.ts';
import { checkRunConfig, formerKey, runKey } from './run.ts';
import { NETWORK, openTraining } from './training.ts';

export const diffusion: Recipe<DiffusionKind> = {
  parse: checkRunConfig,
  describe: ({ model, diffusion, dataset }) => ({ model, diffusion, dataset }),
  parseDescription: parseConfig,
  settle(description, told, step) {
    // Weights at their target are loaded to be trained on: the next target lies beyond.
    const usual = defaultTarget(description.dataset);
    const steps = [told.steps ?? usual, usual].find((n) => n === 0 || n > step) ?? step + usual;
    return checkRunConfig({ ...defaultRun(description.dataset), ...told, ...description, steps });
  },
  keyOf: runKey,
  formerKeyOf: formerKey,
  classes: ({ model }) => model.classes,
  modules: ({ model }) => ({ [NETWORK]: createNetwork(model).specs }),
  changeable: ['learningRate', 'emaDecay', 'steps', 'weighting', 'kernels'],
  open: (config, data, state) => openTraining(config, data, state, partsOf(config.bug)),
  load: (description, weights) => loadNetwork(description, weights[NETWORK]),
};
