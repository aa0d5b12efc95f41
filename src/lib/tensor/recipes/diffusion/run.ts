/** A run of this recipe: its settings, checked, and its name. */
import type { Fields } from '../../../checkpoint/config.ts';
import { datasetOf } from '../../../data/records.ts';
import { BUG_NAMES, type BugName } from '../../../math/mistakes/bugs.ts';
import { isOnPath, RUN_OBJECTIVES, type RunObjective } from '../../../math/objectives/record.ts';
import type { RunSettings } from '../recipe.ts';
import {
  hashOf,
  keyOfShown,
  nameSetting,
  numberSetting,
  parseCommon,
  RUN_LIMITS,
} from '../settings.ts';
import { parseConfig } from './config.ts';
import type { TrainOptions } from './options.ts';

export interface RunConfig extends RunSettings, TrainOptions {
  /** How the squared error counts over t, or an objective with answers or a path of its own. */
  weighting?: RunObjective;
  /** A mistake to run on purpose (the bug lab). */
  bug?: BugName;
}

/** @throws RangeError or CheckpointError that names the first wrong setting. */
export function checkRunConfig(value: unknown): RunConfig {
  const fields = (value ?? {}) as Fields;
  const { model, diffusion } = parseConfig(fields);
  const config: RunConfig = {
    model,
    diffusion,
    ...parseCommon(fields),
    learningRate: numberSetting(fields, 'learningRate', RUN_LIMITS.learningRate),
    warmup: numberSetting(fields, 'warmup', RUN_LIMITS.warmup, true),
    emaDecay: numberSetting(fields, 'emaDecay', RUN_LIMITS.emaDecay),
  };
  if (fields.weighting !== undefined)
    config.weighting = nameSetting(fields, 'weighting', RUN_OBJECTIVES);
  // Weights alone do not say by which law of t they were trained.
  else if (diffusion.path) config.weighting = 'flow';
  if (isOnPath(config.weighting)) config.diffusion.path = 'straight';
  else delete config.diffusion.path;
  if (fields.labelDropout !== undefined)
    config.labelDropout = numberSetting(fields, 'labelDropout', [0, 1]);
  if (fields.clipNorm !== undefined) config.clipNorm = numberSetting(fields, 'clipNorm', [0, 1e6]);
  if (fields.bug !== undefined) config.bug = nameSetting(fields, 'bug', BUG_NAMES);
  return config;
}

/** What the lab shows of a network, field by field: groups of the normalisation are not among it. */
const shownModel = (model: RunConfig['model']) =>
  model.kind === 'unet'
    ? ['unet', model.imageSize, model.channels, model.base, model.multipliers, model.classes]
    : ['mlp', model.inputs, model.width, model.layers, model.classes];

/**
 * The name of a run holds what the lab shows and what changes the learning, and nothing else. Whatever the lab cannot show
 * (warm-up, clipping, groups, β of one's own) comes back from the stored file; how far and on what to train may change on the way.
 */
export function runKey(config: RunConfig): string {
  const { dataset, model, diffusion, drawn } = config;
  const { schedule, T, prediction } = diffusion;
  return keyOfShown(dataset, [
    dataset,
    shownModel(model),
    [schedule, T, prediction],
    [config.learningRate, config.batchSize, config.emaDecay, config.seed],
    config.weighting ?? 'simple',
    datasetOf(dataset).own ? (drawn ?? []) : [],
    config.bug ?? '',
    // Not among the names of runs that were kept before there was such a thing.
    ...(config.pairing ? [config.pairing] : []),
  ]);
}

/** The name under which the lab kept this run before runs were named by what is shown. */
export function formerKey(config: RunConfig): string {
  const { dataset, model, diffusion, drawn } = config;
  const { schedule, T, prediction } = diffusion;
  const text = JSON.stringify({
    model,
    diffusion: { schedule, T, prediction },
    dataset,
    learningRate: config.learningRate,
    warmup: 100,
    batchSize: config.batchSize,
    emaDecay: config.emaDecay,
    seed: config.seed,
    weighting: config.weighting ?? 'simple',
    ...(dataset === 'drawn' ? { drawn } : {}),
  });
  return `${dataset}-${hashOf(text)}`;
}
