/** A network learns to tell the classes of its data apart: the digits of MNIST, or any other pictures with labels. */
import { classifier as graphOf } from '../../networks/classifier.ts';
import type { Recipe } from '../recipe.ts';
import {
  type ClassifierKind,
  defaultClassifier,
  keyOf,
  parseDescription,
  parseRun,
} from './kind.ts';
import { AT_A_TIME, answersOf } from './measure.ts';
import { openJudge } from './steps.ts';
import { NETWORK, openTraining } from './training.ts';

export const classifier: Recipe<ClassifierKind> = {
  parse: parseRun,
  describe: ({ recipe, dataset, network }) => ({ recipe, dataset, network }),
  parseDescription,
  settle(description, told, step) {
    const usual = defaultClassifier(description.dataset);
    // Weights at their target are loaded to be trained on: the next target lies beyond.
    const wanted = [told.steps ?? usual.steps, usual.steps];
    const steps = wanted.find((n) => n === 0 || n > step) ?? step + usual.steps;
    return parseRun({ ...usual, ...told, ...description, steps });
  },
  keyOf,
  classes: ({ network }) => network.classes,
  modules: ({ network }) => ({ [NETWORK]: graphOf(network).specs }),
  changeable: ['learningRate', 'emaDecay', 'steps', 'kernels'],
  curves: ['accuracy'],
  open: (config, data, state) => openTraining(graphOf(config.network), config, data, state),
  load: ({ network }, { [NETWORK]: weights }) => ({
    ...answersOf(network, () => openJudge(graphOf(network), weights, AT_A_TIME)),
    dispose() {},
  }),
};
