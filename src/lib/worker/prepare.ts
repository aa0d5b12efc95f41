/** What has to be there before a run can begin: its data, its saved state, its tensors. */
import { DataError, type Dataset, loadDataset } from '../data/index.ts';
import type { FlatState } from '../tensor/optimizer.ts';
import type { BackendInfo } from '../tensor/options.ts';
import { openSession, readState, type Session } from '../tensor/train.ts';
import { keyOf, type LiveRun, type Post } from './liveRun.ts';
import { createMeter, type LossHistory } from './meter.ts';
import type { RunConfig } from './protocol.ts';
import { decodeRun, type RunFile } from './runFile.ts';
import type { RunStore } from './storage.ts';

/** The data of a config, and no others; tells of its download. @throws DataError where they cannot be had. */
export function fetchRunData(
  { dataset, drawn }: RunConfig,
  baseUrl: string,
  post: Post,
  split: 'train' | 'test' = 'train',
): Promise<Dataset> {
  const onProgress = ({ loaded, total }: { loaded: number; total: number }) =>
    post({ type: 'progress', loaded, total, label: dataset });
  return loadDataset(dataset, { split, baseUrl, drawn, onProgress });
}

/** Loads the data of a run. Where they cannot be fetched, the drawn digits stand in, with a warning. */
export async function loadRunData(
  config: RunConfig,
  baseUrl: string,
  post: Post,
): Promise<{ config: RunConfig; dataset: Dataset }> {
  try {
    return { config, dataset: await fetchRunData(config, baseUrl, post) };
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    post({ type: 'warning', code: 'dataFallback', message: error.message });
    const standIn: RunConfig = { ...config, dataset: 'digits' };
    return { config: standIn, dataset: await fetchRunData(standIn, baseUrl, post) };
  }
}

/** The stored run of a config, or null; an unreadable one is a warning, not an end. */
export async function savedRunOf(
  config: RunConfig,
  runs: RunStore,
  post: Post,
): Promise<RunFile | null> {
  const stored = await runs.get(keyOf(config));
  if (!stored) return null;
  try {
    return decodeRun(stored.bytes);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    post({
      type: 'warning',
      code: 'savedRunUnreadable',
      message: `The run saved in this browser cannot be read, so a new one begins. ${why}`,
    });
    return null;
  }
}

/** Builds the run on the present backend. Its first good copy is its start. */
export async function assemble(
  config: RunConfig,
  dataset: Dataset,
  backend: BackendInfo,
  start?: { state: FlatState; history: LossHistory },
  key = keyOf(config),
): Promise<LiveRun> {
  const session = await openSession(config, dataset, start?.state);
  const { threads } = session.stepper;
  const state = await readState(session);
  const meter = createMeter(config.diffusion.T, start?.history);
  return {
    config,
    key,
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
