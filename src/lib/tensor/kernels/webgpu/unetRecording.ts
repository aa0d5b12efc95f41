/**
 * A whole training step of the UNet (../../unet.ts) as a list of calls: forward, loss, backward, optimiser. Inputs are
 * written into one buffer (`inputs`); the gradient's norm, the errors and, where the device draws them, the times come out
 * in another (`result`).
 */
import type { UNetConfig } from '../../../checkpoint/config.ts';
import type { FlatLayout } from './flatWeights.ts';
import { recordForward, sizeOf } from './forwardRecording.ts';
import { weightedMse } from './loss.ts';
import { createRecording, type Images } from './recording.ts';
import { addImages, concatBack, poolBack } from './resampling.ts';

/** Offsets in floats; each starts where a binding may start. */
export interface InputLayout {
  x: number;
  target: number;
  features: number;
  weights: number;
  labels: number;
  floats: number;
}

const whole = (floats: number) => Math.ceil(floats / 64) * 64;

export function inputLayout(config: UNetConfig, batch: number): InputLayout {
  const image = whole(batch * config.imageSize ** 2 * config.channels);
  const features = 2 * image;
  const weights = features + whole(batch * 4 * config.base);
  const labels = weights + whole(batch);
  return { x: 0, target: image, features, weights, labels, floats: labels + whole(batch) };
}

export function recordStep(
  device: GPUDevice,
  config: UNetConfig,
  layout: FlatLayout,
  batch: number,
) {
  const r = createRecording(device, config, layout, batch);
  const at = inputLayout(config, batch);
  const inputs = r.buffer(at.floats);
  const result = r.buffer(1 + 2 * batch);
  const input = (from: number, floats: number) => ({
    buffer: inputs,
    offset: 4 * from,
    size: 4 * whole(floats),
  });
  const side = config.imageSize;
  const size = side * side * config.channels;
  const x: Images = { h: side, w: side, c: config.channels, data: input(at.x, batch * size) };
  const { embedding, first, blocks, center, upBlocks, norm, prediction } = recordForward(r, {
    x,
    features: input(at.features, batch * 4 * config.base),
    labels: input(at.labels, batch),
  });
  const last = blocks.length - 1;

  const dPrediction = r.like(prediction, prediction.c);
  r.calls.push(
    weightedMse(
      { batch, size },
      {
        prediction: prediction.data,
        target: input(at.target, batch * size),
        weights: input(at.weights, batch),
        gradient: dPrediction.data,
        errors: { buffer: result },
      },
    ),
  );
  r.convFilter('out.conv', norm.y, dPrediction, 3);
  const dNorm = r.convInput('out.conv', dPrediction, norm.x.c, 3);
  let dh = r.normBack('out.norm', norm, dNorm);
  r.release(dNorm);

  const skipGradients: Images[] = [];
  for (let n = last; n >= 0; n--) {
    const { block, below, skip, s } = upBlocks[n];
    const joined = block.back(dh);
    r.release(dh);
    dh = r.images(below.h, below.w, below.c);
    const dSkip = r.like(skip, skip.c);
    const images = [joined.data, dh.data, dSkip.data] as const;
    r.calls.push(concatBack(sizeOf(batch, joined), below.c, s, ...images));
    r.release(joined);
    skipGradients[last - n] = dSkip;
  }
  const dMiddle = center.back(dh);
  r.release(dh);
  dh = r.like(dMiddle, dMiddle.c);
  r.calls.push(addImages(sizeOf(batch, dh), dMiddle.data, skipGradients[last].data, dh.data));
  r.release(dMiddle);
  for (let i = last; i >= 0; i--) {
    const dx = blocks[i].back(dh);
    r.release(dh);
    dh = dx;
    if (i === 0) break;
    const dSkip = skipGradients[i - 1];
    const large = r.like(dSkip, dSkip.c);
    r.calls.push(poolBack(sizeOf(batch, large), dx.data, dSkip.data, large.data));
    r.release(dx);
    r.release(dSkip);
    dh = large;
  }
  r.convFilter('in', x, dh, 3);
  r.release(first);
  embedding.backward();
  r.finish();
  return { recording: r, inputs, result, at, finishTables: embedding.finishTables };
}
