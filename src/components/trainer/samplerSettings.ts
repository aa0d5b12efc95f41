/** The reader's choice of a sampler and its settings, in the address and in a request: all from the record of samplers. */
import type { Signal } from '@preact/signals';
import { PATH_SAMPLERS } from '../../lib/math/samplers/pathMoves.ts';
import type { Parameter } from '../../lib/math/samplers/program.ts';
import {
  INITIAL_VALUES,
  SAMPLER_NAMES,
  SAMPLER_PARAMETERS,
  type SamplerName,
  type SamplerValues,
} from '../../lib/math/samplers/record.ts';
import { type Codec, exact, oneOf, urlSignal } from '../controls/urlState.ts';

export type SamplerSettings = { sampler: SamplerName } & SamplerValues;

const NAMES = Object.keys(SAMPLER_PARAMETERS) as (keyof SamplerValues)[];

const codecOf = (parameter: Parameter) =>
  'choices' in parameter
    ? oneOf(Object.keys(parameter.choices))
    : exact(parameter.from, parameter.to);

export const SAMPLER_CODECS = {
  sampler: oneOf(SAMPLER_NAMES),
  ...Object.fromEntries(NAMES.map((name) => [name, codecOf(SAMPLER_PARAMETERS[name])])),
} as { [K in keyof SamplerSettings]: Codec<SamplerSettings[K]> };

type SamplerSignals = { [K in keyof SamplerSettings]: Signal<SamplerSettings[K]> };

const each = <R>(value: (name: keyof SamplerSettings) => unknown): R =>
  Object.fromEntries((['sampler', ...NAMES] as const).map((name) => [name, value(name)])) as R;

/** The sampler with every setting of every sampler: one that is not chosen now keeps its own. */
export const samplerChoice = (settings: SamplerSettings): SamplerSettings =>
  each((name) => settings[name]);

/** The same where the network was trained on a path: of a sampler that this has no program for, Euler's steps take the place. */
export function pathSamplerChoice(settings: SamplerSettings): SamplerSettings {
  const known = PATH_SAMPLERS.find((name) => name === settings.sampler);
  return { ...samplerChoice(settings), sampler: known ?? 'ddim', eta: 0 };
}

/** Signals in the page's address, `prefix.kind` for the sampler and `prefix.NAME` for a setting. */
export function samplerSignals(prefix: string, sampler: SamplerName): SamplerSignals {
  const initial: SamplerSettings = { sampler, ...INITIAL_VALUES };
  const signalOf = <K extends keyof SamplerSettings>(name: K) => {
    const key = `${prefix}.${name === 'sampler' ? 'kind' : name}`;
    return urlSignal<SamplerSettings[K]>(key, initial[name], SAMPLER_CODECS[name]);
  };
  return each(signalOf);
}

/** What the signals say now. */
export const readSampler = (signals: SamplerSignals): SamplerSettings =>
  each((name) => signals[name].value);
