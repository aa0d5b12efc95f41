/** What sets the settings of some runs apart, in the words of the lab's own fields. */
import { datasetOf } from '../../../lib/data/records.ts';
import { OBJECTIVES } from '../../../lib/math/objectives/record.ts';
import { networkOf } from '../../trainer/dataShape.ts';
import { CODECS, type LabSettings, type SettingName } from '../../trainer/settings.ts';
import type { LabWords } from '../words.ts';

/** The settings that make a run, in the order of the lab's fields; how one draws from it is not among them. */
const MADE_OF = [
  'dataset',
  'drawn',
  'conditional',
  'prediction',
  'schedule',
  'T',
  'weighting',
  'base',
  'multipliers',
  'width',
  'layers',
  'steps',
  'seed',
  'lr',
  'batch',
  'ema',
] as const satisfies readonly SettingName[];
type Made = (typeof MADE_OF)[number];

/** Settings of a network that this run does not have. */
const concerns = (name: Made, { dataset }: LabSettings): boolean => {
  const mlp = networkOf(dataset) === 'mlp';
  if (name === 'width' || name === 'layers') return mlp;
  if (name === 'base' || name === 'multipliers') return !mlp;
  return name !== 'drawn' || dataset === 'drawn';
};

export interface Difference {
  name: string;
  /** One for each run; '–' where it has no such setting. */
  values: string[];
}

export function printDifferences(
  runs: readonly LabSettings[],
  say: LabWords['settings'],
): Difference[] {
  const printed = (name: Made, settings: LabSettings): string => {
    if (!concerns(name, settings)) return '–';
    switch (name) {
      case 'dataset':
        return datasetOf(settings.dataset).title;
      case 'conditional':
        return settings.conditional ? say.yes : say.no;
      case 'prediction':
        return say.predictions[settings.prediction];
      case 'schedule':
        return say.schedules[settings.schedule];
      case 'weighting':
        return OBJECTIVES[settings.weighting].label;
      case 'multipliers':
        return settings.multipliers.join(' · ');
      default:
        return (CODECS[name] as { print(value: unknown): string }).print(settings[name]);
    }
  };
  return MADE_OF.flatMap((name) => {
    const values = runs.map((settings) => printed(name, settings));
    return new Set(values).size > 1 ? [{ name: say.names[name], values }] : [];
  });
}
