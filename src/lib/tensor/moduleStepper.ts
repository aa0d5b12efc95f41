/** Steps of an objective whose loss is its own: outputs come to the host, their gradient goes back (module.ts). */
import type { Objective } from '../math/objectives/objective.ts';
import { timeFeatures } from '../math/process/timeFeatures.ts';
import type { Module } from './module.ts';
import type { Network } from './network.ts';
import { timeWidth } from './networks/conditioned.ts';
import type { Stepper } from './stepper.ts';

export function moduleStepper(
  module: Module,
  { graph, imageShape }: Network,
  loss: NonNullable<Objective['loss']>,
): Stepper {
  const width = timeWidth(graph);
  const channels = imageShape[2];
  const size = imageShape.reduce((a, b) => a * b, 1);
  return {
    store: module.store,
    async issue({ xt, t, time, T, labels, drawn }, weights, hyper, meanwhile) {
      if (!drawn) throw new Error('This loss needs the images and the noise that were drawn.');
      const features = timeFeatures(time, T, width);
      const output = await module.forward({ values: { x: xt, features }, labels });
      const answers = output.length / t.length;
      const dOutput = new Float32Array(output.length);
      const errors = Float32Array.from(t, (at, i) => {
        const own = (all: Float32Array) => all.subarray(i * size, (i + 1) * size);
        const found = loss({
          ...{ t: at, channels, x0: own(drawn.x0), epsilon: own(drawn.epsilon), xt: own(xt) },
          output: output.subarray(i * answers, (i + 1) * answers),
        });
        const share = weights[i] / t.length;
        found.gradient.forEach((slope, k) => {
          dOutput[i * answers + k] = share * slope;
        });
        return found.squaredError;
      });
      await module.backward(dOutput);
      const gradNorm = await module.update(hyper);
      meanwhile?.();
      return { errors, gradNorm };
    },
  };
}
