/**
 * A residual multilayer perceptron for points in the plane, with the same time and class conditioning as the UNet:
 *   h = in([x, sin x, cos x, sin 2x, cos 2x]);   h ← h + dense2(silu(dense1(silu(h)) + time(silu(emb)))) per layer;   out(silu(h))
 * The fixed features let a small network draw curved clusters sharply (Tancik et al. 2020).
 */
import {
  concat,
  cos,
  mul,
  type Rank,
  reshape,
  sin,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
  tidy,
} from '@tensorflow/tfjs-core';
import type { MlpConfig } from '../checkpoint/config.ts';
import type { Conditioning } from './conditioning.ts';
import { dense } from './ops/dense.ts';
import { add, reshaped } from './ops/elementwise.ts';
import { silu } from './ops/silu.ts';
import type { Init, ParamSpec, Params } from './params.ts';
import { labelsOrNull, oneHotLabels, timeEmbedding } from './timeEmbedding.ts';

const FEATURES = 5;

export function mlpSpecs({ inputs, width, layers, classes }: MlpConfig): ParamSpec[] {
  const specs: ParamSpec[] = [];
  const layer = (name: string, input: number, output: number, init: Init = 'kaiming') => {
    specs.push({ name: `${name}.weight`, shape: [input, output], init });
    specs.push({ name: `${name}.bias`, shape: [output], init: 'zeros' });
  };
  layer('time.dense1', width, width);
  layer('time.dense2', width, width);
  if (classes > 0)
    specs.push({ name: 'class.embedding', shape: [classes + 1, width], init: 'embedding' });
  layer('in', FEATURES * inputs, width);
  for (let i = 0; i < layers; i++) {
    layer(`layers.${i}.dense1`, width, width);
    layer(`layers.${i}.time`, width, width);
    layer(`layers.${i}.dense2`, width, width, 'zeros');
  }
  layer('out', width, inputs, 'zeros');
  return specs;
}

export function mlpFlops({ inputs, width, layers }: MlpConfig): number {
  return 2 * ((2 + 3 * layers) * width * width + (FEATURES + 1) * inputs * width);
}

export function mlpForward(
  { inputs, width, layers, classes }: MlpConfig,
  params: Params,
  x: Tensor4D,
  { t, T, labels, probe = () => {} }: Conditioning,
): Tensor4D {
  const count = x.shape[0];
  const layer = (name: string, h: Tensor2D) =>
    dense(h, params[`${name}.weight`] as Tensor2D, params[`${name}.bias`] as Tensor1D);

  let emb = layer('time.dense2', silu(layer('time.dense1', timeEmbedding(t, T, width))));
  if (classes > 0) {
    const rows = oneHotLabels(labelsOrNull(labels, count, classes), classes);
    emb = add(emb, dense(rows, params['class.embedding'] as Tensor2D, null));
  }
  probe('time', emb);
  const activeEmb = silu(emb);

  // x is data: no gradient flows through its features.
  const features = tidy(() => {
    const flat = reshape(x, [count, inputs]) as Tensor2D;
    const twice = mul(flat, 2);
    return concat([flat, sin(flat), cos(flat), sin(twice), cos(twice)], 1) as Tensor2D;
  });
  let h = layer('in', features);
  probe('in', h);
  for (let i = 0; i < layers; i++) {
    const inner = add(layer(`layers.${i}.dense1`, silu(h)), layer(`layers.${i}.time`, activeEmb));
    h = add(h, layer(`layers.${i}.dense2`, silu(inner)));
    probe(`layers.${i}`, h);
  }
  const out = layer('out', silu(h));
  probe('out', out);
  return reshaped<Rank.R4>(out, x.shape);
}
