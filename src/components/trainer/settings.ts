/**
 * Everything the reader can set in the lab, and its form in the page's address. Plain data: a link reproduces the run.
 * A value equal to the dataset's default is left out of the address; nonsense falls back to the default with a sentence.
 */
import {
  MOST_CHANNELS,
  MOST_LAYERS,
  MOST_LEVELS,
  MOST_MULTIPLE,
  MOST_WIDTH,
} from '../../lib/checkpoint/config.ts';
import { DATASET_NAMES, type DatasetName } from '../../lib/data/records.ts';
import { RUN_OBJECTIVES, type RunObjective } from '../../lib/math/objectives/record.ts';
import { SCHEDULE_KINDS, type ScheduleKind } from '../../lib/math/process/schedule.ts';
import { INITIAL_VALUES } from '../../lib/math/samplers/record.ts';
import { BACKEND_CHOICES, type BackendName, KERNEL_CHOICES } from '../../lib/tensor/options.ts';
import { MOST_T, TRAINED_PREDICTIONS } from '../../lib/tensor/recipes/diffusion/config.ts';
import {
  defaultRun,
  defaultTarget,
  TINY_UNET,
} from '../../lib/tensor/recipes/diffusion/defaults.ts';
import { MOST_DRAWN, RUN_LIMITS } from '../../lib/tensor/recipes/settings.ts';
import { boolean, type Codec, exact, integer, numbers, oneOf } from '../controls/urlState.ts';
import { en } from '../controls/words.ts';
import { classesOf, guidanceOf, hasLabels, networkOf, sideOf, sidesOf } from './dataShape.ts';
import { noiseSeed } from './freshNoise.ts';
import { SAMPLER_CODECS, type SamplerSettings } from './samplerSettings.ts';
import { en as say } from './words.ts';

export const PREDICTIONS = TRAINED_PREDICTIONS;
export const BASES = [8, 16, 24, 32, 48, 64] as const;
export const WIDTHS = [16, 32, 64, 128, 256] as const;

export interface LabSettings extends SamplerSettings {
  dataset: DatasetName;
  backend: 'auto' | BackendName;
  kernels: 'ours' | 'stock';
  seed: number;
  /** Target; 0 trains until it is paused. */
  steps: number;
  /** Channels of the UNet's first level, and their multiples further down. */
  base: number;
  multipliers: number[];
  /** The multilayer perceptron for points. */
  width: number;
  layers: number;
  /** Learn the labels too (datasets that have them). */
  conditional: boolean;
  prediction: (typeof PREDICTIONS)[number];
  schedule: ScheduleKind;
  T: number;
  lr: number;
  batch: number;
  ema: number;
  weighting: RunObjective;
  /** The reader's own 2×2 images, pixels in {-1, 0, 1}. */
  drawn: number[][];
  sampleSteps: number;
  /** Noise of the samples; null: fresh at each press. */
  sampleSeed: number | null;
  guidance: number;
  /** Class to sample, -1 for all in turn. */
  label: number;
  clip: boolean;
}

export type SettingName = keyof LabSettings;

/** Four pixels a picture, digits 0 1 2 for black, grey, white; pictures joined by "-": 2002-0220. */
const drawnCodec: Codec<number[][]> = {
  expected: () => 'pictures of four digits 0, 1 or 2, joined by "-", like 2002-0220',
  parse: (text) =>
    /^[012]{4}(-[012]{4})*$/.test(text) && text.split('-').length <= MOST_DRAWN
      ? text.split('-').map((image) => [...image].map((digit) => Number(digit) - 1))
      : undefined,
  print: (images) => images.map((image) => image.map((v) => Math.round(v + 1)).join('')).join('-'),
};

const levels: Codec<number[]> = {
  expected: () => `one to ${MOST_LEVELS} whole numbers from 1 to ${MOST_MULTIPLE}, like 1,2,2`,
  parse: (text) => {
    const list = numbers(1, MOST_MULTIPLE, MOST_LEVELS).parse(text);
    return list?.every(Number.isInteger) && text.trim() !== '' ? list : undefined;
  },
  print: (list) => list.join(','),
};

const MOST_LABEL = Math.max(...DATASET_NAMES.map((name) => classesOf(name).length)) - 1;

export const CODECS: { [K in SettingName]: Codec<LabSettings[K]> } = {
  dataset: oneOf(DATASET_NAMES),
  backend: oneOf(BACKEND_CHOICES),
  kernels: oneOf(KERNEL_CHOICES),
  seed: integer(...RUN_LIMITS.seed),
  steps: integer(...RUN_LIMITS.steps),
  base: integer(1, MOST_CHANNELS),
  multipliers: levels,
  width: integer(1, MOST_WIDTH),
  layers: integer(1, MOST_LAYERS),
  conditional: boolean,
  prediction: oneOf(PREDICTIONS),
  schedule: oneOf(SCHEDULE_KINDS),
  T: integer(2, MOST_T),
  lr: exact(...RUN_LIMITS.learningRate),
  batch: integer(...RUN_LIMITS.batchSize),
  ema: exact(...RUN_LIMITS.emaDecay),
  weighting: oneOf(RUN_OBJECTIVES),
  drawn: drawnCodec,
  ...SAMPLER_CODECS,
  sampleSteps: integer(1, MOST_T),
  sampleSeed: noiseSeed,
  guidance: exact(0, 10),
  label: {
    ...integer(-1, MOST_LABEL),
    expected: () => `a whole number from -1 (all classes) to ${MOST_LABEL}`,
  },
  clip: boolean,
};

export const SETTING_NAMES = Object.keys(CODECS) as SettingName[];

export function defaultSettings(dataset: DatasetName): LabSettings {
  const run = defaultRun(dataset);
  const unet = run.model.kind === 'unet' ? run.model : TINY_UNET;
  const mlp = run.model.kind === 'mlp' ? run.model : { width: 64, layers: 3 };
  return {
    dataset,
    backend: run.backend,
    kernels: run.kernels,
    seed: run.seed,
    steps: defaultTarget(dataset),
    base: unet.base,
    multipliers: unet.multipliers,
    width: mlp.width,
    layers: mlp.layers,
    conditional: run.model.classes > 0,
    prediction: run.diffusion.prediction,
    schedule: run.diffusion.schedule,
    T: run.diffusion.T,
    lr: run.learningRate,
    batch: run.batchSize,
    ema: run.emaDecay,
    weighting: run.weighting ?? 'simple',
    drawn: [
      [1, -1, -1, 1],
      [-1, 1, 1, -1],
    ],
    sampler: 'ddim',
    ...INITIAL_VALUES,
    sampleSteps: Math.min(50, run.diffusion.T),
    sampleSeed: null,
    guidance: guidanceOf(dataset),
    label: -1,
    clip: true,
  };
}

/** What other parts of a page read from its address, and what those who pass links on add to them. */
const isKnown = (name: string): boolean =>
  Object.hasOwn(CODECS, name) ||
  ['autostart', 'theme', 'hide', 'run'].includes(name) ||
  name.includes('.') ||
  /^(utm_|fbclid|gclid|ref$)/.test(name);

export interface ParsedSettings {
  settings: LabSettings;
  autostart: boolean;
  /** One plain sentence for each thing in the address that could not be used. */
  problems: string[];
}

/** Whether an address asks for anything in particular. */
const isBare = (params: URLSearchParams): boolean =>
  ![...params.keys()].some((name) => Object.hasOwn(CODECS, name) || name === 'autostart');

/**
 * Reads an address. The dataset comes first: it decides the other defaults. `opening`: what an address is that names no
 * setting at all; one that names any, but no dataset, is of all16, as it always was.
 */
/** Of what an address says wrongly this much is repeated. */
const LONGEST = 40;

export function parseSettings(params: URLSearchParams, opening?: LabSettings): ParsedSettings {
  const problems: string[] = [];
  function read<K extends SettingName>(name: K, fallback: LabSettings[K]): LabSettings[K] {
    const text = params.get(name);
    if (text === null) return fallback;
    const codec = CODECS[name];
    const value = codec.parse(text);
    if (value !== undefined) return value;
    problems.push(
      say.link.wrong(
        name,
        text.slice(0, LONGEST),
        codec.expected(en.expected),
        codec.print(fallback),
      ),
    );
    return fallback;
  }
  const settings =
    opening && isBare(params) ? { ...opening } : defaultSettings(read('dataset', 'all16'));
  const set = <K extends SettingName>(name: K) => {
    settings[name] = read(name, settings[name]);
  };
  for (const name of SETTING_NAMES) if (name !== 'dataset') set(name);
  const auto = params.get('autostart');
  if (auto !== null && auto !== '0' && auto !== '1')
    problems.push(say.link.autostart(auto.slice(0, LONGEST)));
  for (const name of new Set(params.keys()))
    if (!isKnown(name))
      problems.push(
        say.link.unknown(
          name.slice(0, LONGEST),
          params.get(name)!.slice(0, LONGEST),
          SETTING_NAMES.join(', '),
        ),
      );
  return { settings: reconcile(settings, problems), autostart: auto === '1', problems };
}

/** Makes settings agree with each other; what had to change is said in `problems`. */
export function reconcile(settings: LabSettings, problems: string[] = []): LabSettings {
  const fitted = { ...settings };
  const most = sidesOf(fitted.dataset).length;
  if (networkOf(fitted.dataset) === 'unet' && fitted.multipliers.length > most) {
    fitted.multipliers = fitted.multipliers.slice(0, most);
    problems.push(
      say.link.levels(sideOf(fitted.dataset), most - 1, most, fitted.multipliers.join(',')),
    );
  }
  if (fitted.sampleSteps > fitted.T) {
    fitted.sampleSteps = fitted.T;
    problems.push(say.link.steps(fitted.T));
  }
  if (fitted.conditional && !hasLabels(fitted.dataset)) {
    fitted.conditional = false;
    problems.push(say.link.noLabels);
  }
  const classes = classesOf(fitted.dataset);
  if (fitted.conditional && fitted.label >= classes.length) {
    fitted.label = -1;
    problems.push(say.link.classes(classes.length));
  }
  return fitted;
}

/** Writes the settings into `url`'s query; whatever else stands there stays. */
export function printSettings(settings: LabSettings, url: URL): URL {
  const defaults = defaultSettings(settings.dataset);
  const write = <K extends SettingName>(name: K) => {
    const text = CODECS[name].print(settings[name]);
    const same = name !== 'dataset' && text === CODECS[name].print(defaults[name]);
    if (same) url.searchParams.delete(name);
    else url.searchParams.set(name, text);
  };
  for (const name of SETTING_NAMES) write(name);
  return url;
}
