/** A run of the shelf, as far as a page reads it: its settings, its losses. No TensorFlow.js: weights stay bytes. */
import { CheckpointError, readCheckpoint } from '../../../lib/checkpoint/index.ts';
import { parseConfig } from '../../../lib/tensor/recipes/diffusion/config.ts';
import { checkRunConfig, type RunConfig } from '../../../lib/tensor/recipes/diffusion/run.ts';
import { createLossHistory, type LossPoint } from '../../trainer/lossHistory.ts';
import { settingsOf } from '../../trainer/runConfig.ts';
import { defaultSettings, type LabSettings } from '../../trainer/settings.ts';

export interface KeptRun {
  config: RunConfig;
  settings: LabSettings;
  step: number;
  /** The running mean at its last step. */
  loss: number;
  curve: LossPoint[];
  bytes: Uint8Array;
}

/** Points of a curve: as many as a small plot has columns. */
const BINS = 200;

/** @throws CheckpointError, RangeError where it is no run of this recipe. */
export function readKept(bytes: Uint8Array): KeptRun {
  const { config: description, record, tensors } = readCheckpoint(bytes, parseConfig);
  if (!record?.run)
    throw new CheckpointError({ code: 'config', values: { code: 'record', values: {} } });
  const config = checkRunConfig({ ...(record.run as object), ...description });
  const history = createLossHistory();
  const { 'run.history.steps': steps, 'run.history.losses': losses } = tensors;
  if (steps && losses) history.append(steps.data, losses.data);
  return {
    config,
    settings: settingsOf(config, defaultSettings(config.dataset), config),
    step: Number(record.steps ?? 0),
    loss: Number(record.loss ?? history.smoothed),
    curve: history.points(BINS),
    bytes,
  };
}
