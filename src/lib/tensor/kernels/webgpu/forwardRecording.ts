/** The forward pass of the UNet (../../unet.ts) as a list of calls, alone or as the first half of a training step. */
import type { UNetConfig } from '../../../checkpoint/config.ts';
import { unetPlan } from '../../networks/unetPlan.ts';
import { type RecordedBlock, recordBlock, type TimeBiases } from './blockRecording.ts';
import type { FlatLayout } from './flatWeights.ts';
import { createRecording, type Images, type Recording } from './recording.ts';
import { concat, pool } from './resampling.ts';
import { ceilDiv, type Slice } from './shader.ts';
import { recordTimeEmbedding } from './timeRecording.ts';

export interface ForwardInputs {
  x: Images;
  /** Sinusoids of the time [batch, 4·base], and the labels as floats [batch]. */
  features: Slice;
  labels: Slice;
}

export const sizeOf = (batch: number, { h, w, c }: Images) => ({ batch, h, w, c });

/** Records the prediction; what else is returned, a backward pass reads. */
export function recordForward(r: Recording, { x, features, labels }: ForwardInputs) {
  const { batch, config } = r;
  const { down, middle, up, timeDim } = unetPlan(config);
  const width = [...down, middle, ...up].reduce((total, { output }) => total + output, 0);
  const data = { buffer: r.buffer(batch * width) };
  const time: TimeBiases = { data, columns: [], width, inputs: timeDim };
  const embedding = recordTimeEmbedding(r, time, features, labels);
  embedding.forward();

  const first = r.conv('in', x, config.base, 3);
  let h = first;
  const blocks: RecordedBlock[] = down.map((plan, i) => {
    if (i > 0) {
      const small = r.images(plan.size, plan.size, plan.input);
      r.calls.push(pool(sizeOf(batch, small), h.data, small.data));
      h = small;
    }
    const block = recordBlock(r, plan, h, time);
    r.forget(h);
    h = block.y;
    return block;
  });
  const center = recordBlock(r, middle, h, time);
  h = center.y;
  const last = down.length - 1;
  const upBlocks = up.map((plan, n) => {
    const skip = blocks[last - n].y;
    const joined = r.images(plan.size, plan.size, plan.input);
    const s: 1 | 2 = n === 0 ? 1 : 2;
    r.calls.push(concat(sizeOf(batch, joined), h.c, s, h.data, skip.data, joined.data));
    r.forget(skip);
    r.forget(h);
    const below = h;
    const block = recordBlock(r, plan, joined, time);
    r.forget(joined);
    h = block.y;
    return { block, below, skip, s };
  });
  const norm = r.norm('out.norm', h);
  const prediction = r.conv('out.conv', norm.y, config.channels, 3);
  return { embedding, first, blocks, center, upBlocks, norm, prediction };
}

/** Offsets in floats; each starts where a binding may start. */
const whole = (floats: number) => ceilDiv(floats, 64) * 64;

/** A prediction for `batch` images with weights that live in a buffer of someone else's. */
export function recordPrediction(
  device: GPUDevice,
  config: UNetConfig,
  layout: FlatLayout,
  batch: number,
  weights: GPUBuffer,
) {
  const r = createRecording(device, config, layout, batch, weights);
  const side = config.imageSize;
  const floats = batch * side * side * config.channels;
  const x = { buffer: r.buffer(floats) };
  const features = whole(batch * 4 * config.base);
  const conditions = r.buffer(features + whole(batch));
  const { embedding, prediction } = recordForward(r, {
    x: { h: side, w: side, c: config.channels, data: x },
    features: { buffer: conditions, size: 4 * features },
    labels: { buffer: conditions, offset: 4 * features },
  });
  embedding.finishTables(device.queue);
  return {
    ...r,
    x: { slice: x, size: floats },
    conditions,
    labelsAt: features,
    prediction: prediction.data,
  };
}
