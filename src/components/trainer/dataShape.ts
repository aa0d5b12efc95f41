/** What the record of a data set means for the lab's menus. */
import { MOST_LEVELS } from '../../lib/checkpoint/config.ts';
import { type DatasetName, datasetOf, isDatasetName } from '../../lib/data/records.ts';
import { RUN_OBJECTIVES, type RunObjective } from '../../lib/math/objectives/record.ts';

/** What a data set is called in a few words: its title without its size; of an older edition's set its name. */
export const shortTitle = (dataset: string): string =>
  isDatasetName(dataset) ? datasetOf(dataset).title.replace(/, \d+×.*$/, '') : dataset;
export const sideOf = (dataset: DatasetName): number => datasetOf(dataset).shape[0];
/** Sides of the images on each level that a UNet can have: halved while they can be. */
export function sidesOf(dataset: DatasetName): number[] {
  const sides = [sideOf(dataset)];
  while (sides.at(-1)! % 2 === 0 && sides.length < MOST_LEVELS) sides.push(sides.at(-1)! / 2);
  return sides;
}
/** The networks of the menu, by the multiples of their levels. */
export const levelMenu = (dataset: DatasetName): number[][] =>
  sidesOf(dataset).length >= 3
    ? [[1, 2, 2], [1, 2, 4], [1, 4, 4], [1, 2], [2]]
    : [[1, 2], [2, 2], [1, 4], [1]];
export const networkOf = (dataset: DatasetName) => datasetOf(dataset).run.network.kind;
export const classesOf = (dataset: DatasetName): readonly string[] => datasetOf(dataset).classNames;
/** What a run may train for: only a UNet answers twice. */
export const objectivesOf = (dataset: DatasetName): readonly RunObjective[] =>
  RUN_OBJECTIVES.filter((name) => name !== 'hybrid' || networkOf(dataset) === 'unet');
/** Whether a network may learn labels too. */
export const hasLabels = (dataset: DatasetName): boolean => classesOf(dataset).length > 0;
/** Scale of the guidance that suits it; 1 is none. */
export const guidanceOf = (dataset: DatasetName): number => datasetOf(dataset).run.guidance ?? 1;
