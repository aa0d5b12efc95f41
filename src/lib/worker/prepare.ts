/** What has to be there before a run can begin: its data, its saved state, its tensors. */
import { CheckpointError } from '../checkpoint/index.ts';
import {
  DATASET_NAMES,
  DataError,
  type Dataset,
  type DatasetName,
  loadDataset,
  SPLITS,
} from '../data/index.ts';
import { datasetOf } from '../data/records.ts';
import { oneOf } from '../math/numerics/oneOf.ts';
import type { BackendInfo } from '../tensor/options.ts';
import type { RunSettings, Training } from '../tensor/recipes/recipe.ts';
import { recipeOf } from '../tensor/recipes/record.ts';
import type { LiveRun, Post, Snapshot } from './liveRun.ts';
import { createMeter } from './meter.ts';
import { decodeRun, type RunFile } from './runFile.ts';
import type { RunStore } from './storage.ts';

/** The data of a config, and no others; tells of its download. @throws DataError where they cannot be had. */
export function fetchRunData(
  { dataset, drawn, pairing }: Pick<RunSettings, 'dataset' | 'drawn' | 'pairing'>,
  baseUrl: string,
  post: Post,
  split: 'train' | 'test' = 'train',
  signal?: AbortSignal,
): Promise<Dataset> {
  const onProgress = ({ loaded, total }: { loaded: number; total: number }) =>
    post({ type: 'progress', loaded, total, label: dataset });
  return loadDataset(dataset, { split, baseUrl, drawn, pairing, signal, onProgress });
}

/** Loads the data of a run. Where they cannot be fetched, the drawn digits stand in, with a warning, if they fit its network. */
export async function loadRunData(
  config: RunSettings,
  baseUrl: string,
  post: Post,
  signal?: AbortSignal,
): Promise<{ config: RunSettings; dataset: Dataset }> {
  try {
    return { config, dataset: await fetchRunData(config, baseUrl, post, 'train', signal) };
  } catch (error) {
    if (!(error instanceof DataError) || !sameShape(config.dataset, error.fallback)) throw error;
    post({ type: 'warning', code: 'dataFallback', values: error.reason });
    const standIn: RunSettings = { ...config, dataset: error.fallback };
    return {
      config: standIn,
      dataset: await fetchRunData(standIn, baseUrl, post, 'train', signal),
    };
  }
}

const sameShape = (a: DatasetName, b: DatasetName): boolean =>
  datasetOf(a).shape.join() === datasetOf(b).shape.join();

/** The stored run of a config, or null; an unreadable one is put on the shelf, with a warning. */
export async function savedRunOf(
  config: RunSettings,
  runs: RunStore,
  post: Post,
): Promise<RunFile | null> {
  const { keyOf, formerKeyOf } = recipeOf(config);
  const key = keyOf(config);
  const stored = await runs.get(key, formerKeyOf?.(config));
  if (!stored) return null;
  try {
    return decodeRun(stored.bytes);
  } catch (error) {
    const why = error instanceof CheckpointError ? error.reason : { message: String(error) };
    await runs.setAside(key, 'unreadable');
    post({
      type: 'warning',
      code: 'savedRunUnreadable',
      values: { step: stored.step, why },
    });
    return null;
  }
}

/** Builds the run on the present backend. Its first good copy is its start. */
export async function assemble(
  config: RunSettings,
  dataset: Dataset,
  backend: BackendInfo,
  { id, lease }: Pick<LiveRun, 'id' | 'lease'>,
  start?: Snapshot,
): Promise<LiveRun> {
  const recipe = recipeOf(config);
  const training = await recipe.open(config, dataset, start?.state);
  const { threads } = training;
  const state = await training.read();
  const meter = createMeter(start?.history, recipe.curves);
  return {
    id,
    recipe,
    config,
    key: recipe.keyOf(config),
    lease,
    dataset,
    backend: { ...backend, ...(threads && { threads }), reason: withNote(backend, training) },
    training,
    meter,
    good: { state, history: meter.history() },
    last: null,
    state: 'paused',
  };
}

/** Why this backend, and what of it could not be had. (A run that is built again brings its note along.) */
const withNote = ({ reason }: BackendInfo, { note }: Training): string =>
  note && !reason.includes(note) ? `${reason} ${note}` : reason;

/** A model with classes learns nothing of them from data without labels: say so. */
export function warnOfLabels(config: RunSettings, dataset: Dataset, post: Post): void {
  const classes = recipeOf(config).classes(config);
  if (classes > 0 && !dataset.labels)
    post({
      type: 'warning',
      code: 'labelsIgnored',
      values: { dataset: config.dataset, classes },
    });
}

/** Which data are to be measured on. @throws RangeError that names the first wrong field. */
export function checkMeasuredData(split: unknown, dataset: unknown): void {
  if (split !== undefined) oneOf('Split', split, SPLITS);
  if (dataset !== undefined) oneOf('Data set', dataset, DATASET_NAMES);
}
