/** L_hybrid of improved DDPM (2102.09672 eq. 16; hybridLoss.ts): the network answers twice, with a prediction and a width. */
import { hybridLoss } from './hybridLoss.ts';
import { answerPlace, type ObjectiveKind } from './objective.ts';
import { simpleObjective } from './simple.ts';

export const hybridObjective: ObjectiveKind = {
  label: 'hybrid: simple, and the bound for the width',
  on(setting) {
    const { schedule, prediction: kind } = setting;
    const levels = setting.levels?.();
    return {
      ...simpleObjective.on(setting),
      answers: 2,
      loss({ t, channels, x0, epsilon, xt, output }) {
        const count = x0.length;
        const at = (k: number, which: 0 | 1) => answerPlace(k, channels, which);
        const prediction = Float64Array.from({ length: count }, (_, k) => output[at(k, 0)]);
        const v = Float64Array.from({ length: count }, (_, k) => output[at(k, 1)]);
        const input = { kind, x0, epsilon, xt, prediction, v };
        const found = hybridLoss(schedule, t, input, levels);
        const gradient = new Float64Array(2 * count);
        found.predictionGradient.forEach((slope, k) => {
          gradient[at(k, 0)] = slope;
        });
        found.vGradient.forEach((slope, k) => {
          gradient[at(k, 1)] = slope;
        });
        return { loss: found.loss, squaredError: found.squaredError, gradient };
      },
    };
  },
};
