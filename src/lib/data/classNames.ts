/** What the labels of a data set are called: one list, for what is loaded and for what may be asked for. */
import type { DatasetName } from './dataset.ts';
import sources from './sources.json' with { type: 'json' };

const DIGITS: readonly string[] = Array.from({ length: 10 }, (_, k) => String(k));

/** In the order of the labels; empty where there are none. */
export function classNames(dataset: DatasetName): readonly string[] {
  if (dataset === 'mnist' || dataset === 'fashion') return sources[dataset].classNames;
  return dataset === 'digits' ? DIGITS : [];
}
