/** Where the lab may begin: settings by name. What each is called, and what it shows, stands in words.ts. */
import { runKey } from '../../lib/tensor/recipes/diffusion/run.ts';
import { runOf } from '../trainer/runConfig.ts';
import { defaultSettings, type LabSettings, printSettings } from '../trainer/settings.ts';
import { linkOf, type SharedRun } from './compare/sharedRuns.ts';

export const PRESETS = {
  /**
   * MNIST by x₀ and the cosine schedule, which learn readable digits for the fewest operations (bench/README.md). With its
   * classes: guidance then makes a young network's digits clearer, and every picture has a name. 2,000 steps are about a
   * minute on two cores.
   */
  digits: { ...defaultSettings('mnist'), conditional: true, guidance: 2, steps: 2000 },
  pixels: defaultSettings('all16'),
  moons: defaultSettings('points'),
  broken: { ...defaultSettings('all16'), lr: 0.1 },
} satisfies Record<string, LabSettings>;

export type PresetName = keyof typeof PRESETS;
export const PRESET_NAMES = Object.keys(PRESETS) as PresetName[];

/**
 * What a bare address opens: digits. A link that names any setting, but no data, means what it always meant, the four pixels
 * of `parseSettings`: such links were written by hand, and theirs must go on to name the same run.
 */
export const OPENING: LabSettings = PRESETS.digits;

/** Two runs to train and to lay beside each other: alike in all but what the network is asked for. */
const asked = (prediction: LabSettings['prediction'], name: string): SharedRun => ({
  name,
  settings: { ...defaultSettings('mnist'), prediction, steps: 1000 },
  step: 0,
  loss: Number.NaN,
});
export const COMPARISON: SharedRun[] = [asked('epsilon', 'ε'), asked('v', 'v')];

/** The preset whose run these settings ask for. */
export const presetOf = (settings: LabSettings): PresetName | undefined =>
  PRESET_NAMES.find((name) => runKey(runOf(PRESETS[name])) === runKey(runOf(settings)));

const NOWHERE = new URL('http://lab.invalid/');

/** An address of the lab, from its `?` on. */
export const queryOf = (settings: LabSettings): string =>
  printSettings(settings, new URL(NOWHERE)).search;

/** The address of the comparison, from its `?` on. */
export const comparisonLink = (): string => {
  const { search, hash } = linkOf(COMPARISON, NOWHERE);
  return search + hash;
};
