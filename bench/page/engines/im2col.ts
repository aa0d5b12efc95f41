/**
 * The bench UNet in stock tfjs ops with tfjs's own automatic gradients (stockLayers.ts); enlarging is a reshape, as pooling is.
 * Adam is tf.train.adam, tensor by tensor; there is no moving average of the weights.
 */
import * as tf from '@tensorflow/tfjs';
import { benchBatch, benchParameters } from '../../../src/lib/bench/data.ts';
import type { BenchEngine } from '../../../src/lib/bench/engine.ts';
import { BENCH_MODEL, BENCH_PARAMETERS, type BenchCell } from '../../../src/lib/bench/types.ts';
import { timeFeatures } from '../../../src/lib/math/process/timeFeatures.ts';
import { startBackend } from '../../../src/lib/tensor/backend.ts';
import { deviceBytes } from '../../../src/lib/tensor/measure.ts';
import { unet } from '../../../src/lib/tensor/networks/unet.ts';
import { type BlockPlan, groupsFor, unetPlan } from '../../../src/lib/tensor/networks/unetPlan.ts';
import { unflatten } from '../../../src/lib/tensor/params.ts';
import { conv, dense, normSilu, pool, silu, type Weights } from './stockLayers.ts';

const config = BENCH_MODEL;
const plan = unetPlan(config);

const norm = (w: Weights, name: string, x: tf.Tensor) =>
  normSilu(w, name, x, groupsFor(config, x.shape[3] as number));

function block(w: Weights, { name, input, output }: BlockPlan, x: tf.Tensor, emb: tf.Tensor) {
  const time = dense(w, `${name}.time`, emb).reshape([-1, 1, 1, output]);
  const h = conv(w, `${name}.conv1`, norm(w, `${name}.norm1`, x)).add(time);
  const y = conv(w, `${name}.conv2`, norm(w, `${name}.norm2`, h));
  return y.add(input === output ? x : conv(w, `${name}.skip`, x));
}

function enlarge(x: tf.Tensor): tf.Tensor {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const wide = tf.concat([x, x], 3).reshape([batch * height, 1, 2 * width * channels]);
  return tf.concat([wide, wide], 1).reshape([batch, 2 * height, 2 * width, channels]);
}

function forward(w: Weights, x: tf.Tensor, features: tf.Tensor): tf.Tensor {
  const emb = silu(dense(w, 'time.dense2', silu(dense(w, 'time.dense1', features))));
  let h = conv(w, 'in', x);
  const skips: tf.Tensor[] = [];
  plan.down.forEach((down, i) => {
    h = block(w, down, i === 0 ? h : pool(h), emb);
    skips.push(h);
  });
  h = block(w, plan.middle, h, emb);
  plan.up.forEach((up, i) => {
    const big = i === 0 ? h : enlarge(h);
    h = block(w, up, tf.concat([big, skips.pop() as tf.Tensor], 3), emb);
  });
  return conv(w, 'out.conv', norm(w, 'out.norm', h));
}

export async function openIm2col(cell: BenchCell): Promise<BenchEngine> {
  const { info: backend, skipped } = await startBackend(cell.backend, 'stock');
  if (backend.name !== cell.backend)
    throw new Error(skipped[0]?.message ?? `This browser does not offer ${cell.backend}.`);
  const specs = unet(config).specs;
  const named = unflatten(specs, benchParameters());
  const w: Weights = new Map(
    specs.map(({ name, shape }) => [name, tf.variable(tf.tensor(named[name].slice(), shape))]),
  );
  const optimizer = tf.train.adam(2e-3, 0.9, 0.999, 1e-8);
  const { xt, target, t } = benchBatch(cell.batch);
  const side = config.imageSize;
  const x = tf.tensor4d(xt, [cell.batch, side, side, 1]);
  const answers = tf.tensor4d(target, [cell.batch, side, side, 1]);
  const width = 4 * config.base;
  const features = tf.tensor2d(timeFeatures(t, 1000, width), [cell.batch, width]);
  return {
    info: {
      parameters: BENCH_PARAMETERS,
      threads: backend.threads,
      adapter: backend.adapter,
      software: backend.software,
      detail: `tfjs ${tf.version_core}, im2col, automatic gradients`,
    },
    async train(issued) {
      const loss = optimizer.minimize(
        () => tf.mean(tf.squaredDifference(forward(w, x, features), answers)),
        true,
      ) as tf.Scalar;
      issued();
      const [value] = await loss.data();
      loss.dispose();
      return value;
    },
    async forward(issued) {
      const output = tf.tidy(() => forward(w, x, features));
      issued();
      await output.data();
      output.dispose();
    },
    bytes: deviceBytes,
  };
}
