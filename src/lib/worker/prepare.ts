/** What has to be there before a run can begin: its data, its saved state, its tensors. */
import { CheckpointError } from '../checkpoint/index.ts';
import { DataError, type Dataset, type DatasetName, loadDataset } from '../data/index.ts';
import { datasetOf } from '../data/records.ts';
import type { FlatState } from '../tensor/optimizer.ts';
import type { BackendInfo } from '../tensor/options.ts';
import { openSession, readState, type Session } from '../tensor/train.ts';
import type { LiveRun, Post } from './liveRun.ts';
import { createMeter, type LossHistory } from './meter.ts';
import type { RunConfig } from './protocol.ts';
import { formerKey, runKey } from './runConfig.ts';
import { decodeRun, type RunFile } from './runFile.ts';
import type { RunStore } from './storage.ts';

/** The data of a config, and no others; tells of its download. @throws DataError where they cannot be had. */
export function fetchRunData(
  { dataset, drawn }: RunConfig,
  baseUrl: string,
  post: Post,
  split: 'train' | 'test' = 'train',
  signal?: AbortSignal,
): Promise<Dataset> {
  const onProgress = ({ loaded, total }: { loaded: number; total: number }) =>
    post({ type: 'progress', loaded, total, label: dataset });
  return loadDataset(dataset, { split, baseUrl, drawn, signal, onProgress });
}

/** Loads the data of a run. Where they cannot be fetched, the drawn digits stand in, with a warning, if they fit its network. */
export async function loadRunData(
  config: RunConfig,
  baseUrl: string,
  post: Post,
  signal?: AbortSignal,
): Promise<{ config: RunConfig; dataset: Dataset }> {
  try {
    return { config, dataset: await fetchRunData(config, baseUrl, post, 'train', signal) };
  } catch (error) {
    if (!(error instanceof DataError) || !sameShape(config.dataset, error.fallback)) throw error;
    post({ type: 'warning', code: 'dataFallback', message: error.message });
    const standIn: RunConfig = { ...config, dataset: error.fallback };
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
  config: RunConfig,
  runs: RunStore,
  post: Post,
): Promise<RunFile | null> {
  const key = runKey(config);
  const stored = await runs.get(key, formerKey(config));
  if (!stored) return null;
  try {
    return decodeRun(stored.bytes);
  } catch (error) {
    const why = error instanceof CheckpointError ? error.happened : String(error);
    await runs.setAside(key, 'unreadable');
    post({
      type: 'warning',
      code: 'savedRunUnreadable',
      message: `The run kept in this browser at step ${stored.step} cannot be read, so a new one begins. It is set aside, not lost: “Get the file”, below the settings, brings it out. ${why}`,
    });
    return null;
  }
}

/** Builds the run on the present backend. Its first good copy is its start. */
export async function assemble(
  config: RunConfig,
  dataset: Dataset,
  backend: BackendInfo,
  { id, lease }: Pick<LiveRun, 'id' | 'lease'>,
  start?: { state: FlatState; history: LossHistory },
): Promise<LiveRun> {
  const session = await openSession(config, dataset, start?.state);
  const { threads } = session.stepper;
  const state = await readState(session);
  const meter = createMeter(config.diffusion.T, start?.history);
  return {
    id,
    config,
    key: runKey(config),
    lease,
    dataset,
    backend: { ...backend, ...(threads && { threads }), reason: withNote(backend, session) },
    session,
    meter,
    good: { state, history: meter.history() },
    last: null,
    state: 'paused',
  };
}

/** Why this backend, and what of it could not be had. (A run that is built again brings its note along.) */
const withNote = ({ reason }: BackendInfo, { note }: Session): string =>
  note && !reason.includes(note) ? `${reason} ${note}` : reason;

/** A model with classes learns nothing of them from data without labels: say so. */
export function warnOfLabels(config: RunConfig, dataset: Dataset, post: Post): void {
  if (config.model.classes > 0 && !dataset.labels)
    post({
      type: 'warning',
      code: 'labelsIgnored',
      message: `The data set "${config.dataset}" has no labels, so the model’s ${config.model.classes} classes stay untrained.`,
    });
}
