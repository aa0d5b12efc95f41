/** A training run in Node on the wasm kernels, step by step as the lab takes them. */
import { objectiveOf } from '../../src/lib/math/objectives/record.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';
import { timeFeatures } from '../../src/lib/math/process/timeFeatures.ts';
import { emaDecayAt, learningRateAt } from '../../src/lib/tensor/adam.ts';
import { createBatches } from '../../src/lib/tensor/batch.ts';
import { graphFlops } from '../../src/lib/tensor/graph/node.ts';
import { unet } from '../../src/lib/tensor/networks/unet.ts';
import { initialParameters } from '../../src/lib/tensor/params.ts';
import { nodePlan } from '../wasm/nodePlan.mjs';

/** GFLOP of one training step: a backward pass counts as two forward passes. */
export const stepGflop = ({ model, batchSize }) => (3 * graphFlops(unet(model)) * batchSize) / 1e9;

/**
 * How the rate falls as the run's progress goes from 0 to 1. `tail` is the lab's, when a number of steps is set.
 * @type {Record<string, (progress: number) => number>}
 */
export const DECAYS = {
  hold: () => 1,
  tail: (progress) => learningRateAt(1e6 * progress, { learningRate: 1, warmup: 0, steps: 1e6 }),
  cosine: (progress) => 0.5 * (1 + Math.cos(Math.PI * progress)),
  linear: (progress) => 1 - progress,
};

/**
 * A run that has not taken a step. `settings` is a RunConfig; `average` (step → decay) replaces its moving average,
 * `extra` keeps more averages beside it, on the host; `after` is another run, of images of another size, to go on from.
 */
export function openRun(settings, dataset, { seed, threads, average, extra = {}, after }) {
  const { model, diffusion, batchSize, learningRate, warmup, emaDecay } = settings;
  const schedule = makeSchedule(diffusion.schedule, diffusion.T);
  const plan = nodePlan(model, { batch: batchSize, threads });
  plan.state.params.set(initialParameters(unet(model).specs, seed));
  plan.state.ema.set(plan.state.params);
  if (after)
    for (const name of ['params', 'ema', 'm', 's']) plan.state[name].set(after.plan.state[name]);
  plan.changed();
  const averages = Object.fromEntries(
    Object.keys(extra).map((name) => [name, plan.state.params.slice()]),
  );
  const { weighting = 'simple', sigmaData } = settings;
  const { prediction } = diffusion;
  const objective = objectiveOf(weighting, { schedule, prediction, sigmaData });
  const batches = createBatches({
    images: dataset.images,
    dataset,
    objective,
    batchSize,
    seed,
    classes: 0,
    labelDropout: 0,
  });
  let taken = after?.steps() ?? 0;
  return {
    settings,
    schedule,
    plan,
    averages,
    steps: () => taken,
    /** One step at `share` of the rate. Returns the mean squared error. */
    step(share) {
      const step = taken + 1;
      const { xt: x, target, t, time, T } = batches.at(step);
      const { errors } = plan.trainStep(
        {
          values: { x, features: timeFeatures(time, T, 4 * model.base) },
          target,
          weights: Float32Array.from(t, objective.weight),
        },
        {
          step,
          learningRate: learningRate * share * (warmup > 0 ? Math.min(1, step / warmup) : 1),
          emaDecay: average ? average(step) : emaDecayAt(emaDecay, step),
          clipNorm: 1,
        },
        () => batches.prepare(step + 1),
      );
      taken = step;
      for (const [name, values] of Object.entries(averages))
        follow(values, plan.state.params, extra[name](step));
      return errors.reduce((a, b) => a + b, 0) / errors.length;
    },
    /** Puts other averaged weights where samples are drawn from. */
    useAverage(values) {
      plan.state.ema.set(values);
      plan.changed();
    },
    close: () => plan.dispose(),
  };
}

/** average ← decay·average + (1 − decay)·value. */
function follow(average, value, decay) {
  const share = 1 - decay;
  for (let i = 0; i < average.length; i++) average[i] += share * (value[i] - average[i]);
}
