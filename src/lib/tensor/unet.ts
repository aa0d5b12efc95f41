/**
 * The UNet (Ronneberger et al. 2015; Ho et al. 2020), NHWC. The same network is written in PyTorch under python/.
 *   emb = dense2(silu(dense1(sinusoid(t)))) + class.embedding[label]
 *   down:   h = block(h) → skip, then 2×2 mean (not after the last level)
 *   middle: h = block(h)
 *   up:     h = block([h, skip]), then nearest ×2 (not after the first level)
 *   out:    conv(silu(GN(h)))
 *   block(x) = conv2(silu(GN2(conv1(silu(GN1(x))) + time(silu(emb))))) + (x or a 1×1 convolution of it)
 */
import type { Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { UNetConfig } from '../checkpoint/config.ts';
import type { Conditioning } from './conditioning.ts';
import { type BlockPlan, groupsFor, unetPlan } from './networks/unetPlan.ts';
import { avgPool2 } from './ops/avgPool2.ts';
import { concatChannels, upsample2Concat } from './ops/concatChannels.ts';
import { conv2d } from './ops/conv2d.ts';
import { dense } from './ops/dense.ts';
import { add } from './ops/elementwise.ts';
import { groupNormSilu } from './ops/groupNormSilu.ts';
import { silu } from './ops/silu.ts';
import type { Params } from './params.ts';
import { labelsOrNull, oneHotLabels, timeEmbedding } from './timeEmbedding.ts';

export type { BlockPlan, UNetPlan } from './networks/unetPlan.ts';
export { unetFlops, unetPlan, unetSpecs } from './networks/unetPlan.ts';

export function unetForward(
  config: UNetConfig,
  params: Params,
  x: Tensor4D,
  conditioning: Conditioning,
): Tensor4D {
  const plan = unetPlan(config);
  const probe = conditioning.probe ?? (() => {});
  const image = (name: string) => params[name] as Tensor4D;
  const matrix = (name: string) => params[name] as Tensor2D;
  const vector = (name: string) => params[name] as Tensor1D;

  const emb = embed(config, params, conditioning, x.shape[0]);
  const activeEmb = silu(emb);
  probe('time', emb);

  const block = ({ name, input, output }: BlockPlan, h: Tensor4D): Tensor4D => {
    const norm = (part: string, value: Tensor4D, channels: number) =>
      groupNormSilu(
        value,
        vector(`${name}.${part}.gamma`),
        vector(`${name}.${part}.beta`),
        groupsFor(config, channels),
      );
    const timeBias = dense(activeEmb, matrix(`${name}.time.weight`), vector(`${name}.time.bias`));
    const inner = conv2d(
      norm('norm1', h, input),
      image(`${name}.conv1.weight`),
      vector(`${name}.conv1.bias`),
      { timeBias },
    );
    const residual =
      input === output ? h : conv2d(h, image(`${name}.skip.weight`), vector(`${name}.skip.bias`));
    const result = conv2d(
      norm('norm2', inner, output),
      image(`${name}.conv2.weight`),
      vector(`${name}.conv2.bias`),
      { residual },
    );
    probe(name, result);
    return result;
  };

  let h = conv2d(x, image('in.weight'), vector('in.bias'), { inputGradient: false });
  probe('in', h);
  const skips: Tensor4D[] = [];
  plan.down.forEach((down, i) => {
    h = block(down, i === 0 ? h : avgPool2(h));
    skips.push(h);
  });
  h = block(plan.middle, h);
  plan.up.forEach((up, i) => {
    const skip = skips[skips.length - 1 - i];
    h = block(up, i === 0 ? concatChannels(h, skip) : upsample2Concat(h, skip));
  });
  const last = plan.up[plan.up.length - 1].output;
  h = groupNormSilu(h, vector('out.norm.gamma'), vector('out.norm.beta'), groupsFor(config, last));
  h = conv2d(h, image('out.conv.weight'), vector('out.conv.bias'));
  probe('out', h);
  return h;
}

function embed(
  config: UNetConfig,
  params: Params,
  { t, T, labels }: Conditioning,
  count: number,
): Tensor2D {
  const w = (name: string) => params[name] as Tensor2D;
  const b = (name: string) => params[name] as Tensor1D;
  const features = timeEmbedding(t, T, 4 * config.base);
  const hidden = silu(dense(features, w('time.dense1.weight'), b('time.dense1.bias')));
  const emb = dense(hidden, w('time.dense2.weight'), b('time.dense2.bias'));
  if (config.classes === 0) return emb;
  const rows = oneHotLabels(labelsOrNull(labels, count, config.classes), config.classes);
  return add(emb, dense(rows, w('class.embedding'), null));
}
