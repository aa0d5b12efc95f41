/** From the lab's settings to what the worker is asked for. */

import type { ModelConfig } from '../../lib/checkpoint/config.ts';
import { isOnPath } from '../../lib/math/objectives/record.ts';
import type { CheckpointConfig } from '../../lib/tensor/recipes/diffusion/config.ts';
import { defaultModel, defaultRun } from '../../lib/tensor/recipes/diffusion/defaults.ts';
import type { SampleRequest } from '../../lib/tensor/recipes/diffusion/questions.ts';
import type { RunConfig } from '../../lib/tensor/recipes/diffusion/run.ts';
import { classesOf, guidanceOf } from './dataShape.ts';
import { filmSteps } from './filmClock.ts';
import { FILM_SEED, freshSeed } from './freshNoise.ts';
import { pathSamplerChoice, samplerChoice } from './samplerSettings.ts';
import { type LabSettings, reconcile } from './settings.ts';

export function modelOf(settings: LabSettings): ModelConfig {
  const { dataset, conditional, width, layers, base, multipliers } = settings;
  const usual = defaultModel(dataset, conditional ? classesOf(dataset).length : 0);
  if (usual.kind === 'mlp') return { ...usual, width, layers };
  const answers = settings.weighting === 'hybrid' ? { answers: 2 as const } : {};
  return { ...usual, base, multipliers, ...answers };
}

export function runOf(settings: LabSettings): RunConfig {
  // What the lab does not show (warm-up, groups) is as the data set's default run has it.
  return {
    ...defaultRun(settings.dataset),
    dataset: settings.dataset,
    model: modelOf(settings),
    diffusion: {
      schedule: settings.schedule,
      T: settings.T,
      prediction: settings.prediction,
    },
    learningRate: settings.lr,
    batchSize: settings.batch,
    emaDecay: settings.ema,
    seed: settings.seed,
    steps: settings.steps,
    backend: settings.backend,
    kernels: settings.kernels,
    weighting: settings.weighting,
    ...(settings.dataset === 'drawn' ? { drawn: settings.drawn } : {}),
  };
}

/** How many samples a grid shows. */
const gridCount = (model: ModelConfig): number =>
  model.kind === 'mlp' ? 400 : model.imageSize === 2 ? 64 : 16;

/** As many of each class as make about twenty. */
const inTurn = (classes: number): number => classes * Math.max(1, Math.round(20 / classes));

/** What the Sample button asks for when it is pressed for the 1st, 2nd, … time in a run. */
export function sampleRequestOf(settings: LabSettings, press = 1): SampleRequest {
  const classes = settings.conditional ? classesOf(settings.dataset).length : 0;
  const count = classes > 0 && settings.label < 0 ? inTurn(classes) : gridCount(modelOf(settings));
  return {
    count,
    steps: Math.min(settings.sampleSteps, settings.T),
    ...(isOnPath(settings.weighting) ? pathSamplerChoice(settings) : samplerChoice(settings)),
    seed: settings.sampleSeed ?? freshSeed(settings.seed, press),
    clip: settings.clip,
    weights: 'ema',
    trajectory: true,
    ...(classes > 0
      ? {
          labels: Array.from({ length: count }, (_, i) =>
            settings.label < 0 ? i % classes : settings.label,
          ),
          guidanceScale: settings.guidance,
        }
      : {}),
  };
}

/** The grid that is drawn again and again while training: always the same noise, few steps, deterministic. */
export function filmRequestOf(run: RunConfig, step: number): SampleRequest {
  const classes = run.model.classes;
  const count = gridCount(run.model);
  return {
    count,
    steps: Math.min(filmSteps(step), run.diffusion.T),
    ...{ sampler: 'ddim', eta: 0 },
    seed: FILM_SEED,
    clip: true,
    weights: 'ema',
    trajectory: true,
    ...(classes > 0
      ? {
          labels: Array.from({ length: count }, (_, i) => i % classes),
          guidanceScale: guidanceOf(run.dataset),
        }
      : {}),
  };
}

/** The settings that a checkpoint was made with, as far as it tells; the rest stays as it is. */
export function settingsOf(
  config: CheckpointConfig,
  present: LabSettings,
  run?: Partial<RunConfig>,
): LabSettings {
  const { model, diffusion, dataset } = config;
  const defined = <T>(value: T | undefined, otherwise: T): T => value ?? otherwise;
  return reconcile({
    ...present,
    dataset,
    ...(model.kind === 'unet'
      ? {
          base: model.base,
          multipliers: [...model.multipliers],
          conditional: model.classes > 0,
        }
      : { width: model.width, layers: model.layers, conditional: false }),
    prediction: diffusion.prediction,
    schedule: diffusion.schedule,
    T: diffusion.T,
    lr: defined(run?.learningRate, present.lr),
    batch: defined(run?.batchSize, present.batch),
    ema: defined(run?.emaDecay, present.ema),
    seed: defined(run?.seed, present.seed),
    steps: defined(run?.steps, present.steps),
    weighting: defined(run?.weighting, present.weighting),
    drawn: defined(run?.drawn, present.drawn),
  });
}
