/**
 * The bench UNet in jax-js, NCHW as its convolutions are: one jitted function for the whole training step (loss, gradient,
 * Adam), one for the forward pass. A function of jax-js takes its arguments over: `.ref` before every use but the last.
 */
import {
  defaultDevice,
  init,
  type Array as JaxArray,
  jit,
  lax,
  nn,
  numpy as np,
  valueAndGrad,
} from '@jax-js/jax';
import { benchBatch, benchParameters } from '../../../src/lib/bench/data.ts';
import type { BenchEngine } from '../../../src/lib/bench/engine.ts';
import { BENCH_MODEL, BENCH_PARAMETERS, type BenchCell } from '../../../src/lib/bench/types.ts';
import { timeFeatures } from '../../../src/lib/math/process/timeFeatures.ts';
import { webglAdapter, webgpuAdapter } from '../../../src/lib/tensor/adapters.ts';
import { unet } from '../../../src/lib/tensor/networks/unet.ts';
import { type BlockPlan, groupsFor, unetPlan } from '../../../src/lib/tensor/networks/unetPlan.ts';
import { unflatten } from '../../../src/lib/tensor/params.ts';

type Weights = Record<string, JaxArray>;

const config = BENCH_MODEL;
const plan = unetPlan(config);
const specs = unet(config).specs;

/** HWIO → OIHW; per-channel vectors get the shape that adds to an image [1, C, 1, 1]; dense biases [1, C]. */
function startWeights(): Weights {
  const named = unflatten(specs, benchParameters());
  const weights: Weights = {};
  for (const { name, shape } of specs) {
    const data = np.array(named[name].slice() as Float32Array<ArrayBuffer>).reshape(shape);
    const dense = name.startsWith('time.') || name.includes('.time.');
    if (shape.length === 4) weights[name] = np.transpose(data, [3, 2, 0, 1]);
    else if (shape.length === 1)
      weights[name] = data.reshape(dense ? [1, shape[0]] : [1, shape[0], 1, 1]);
    else weights[name] = data;
  }
  return weights;
}

const conv = (w: Weights, name: string, x: JaxArray): JaxArray =>
  lax.conv(x, w[`${name}.weight`].ref, [1, 1], 'SAME').add(w[`${name}.bias`].ref);

const dense = (w: Weights, name: string, x: JaxArray): JaxArray =>
  np.matmul(x, w[`${name}.weight`].ref).add(w[`${name}.bias`].ref);

function normSilu(w: Weights, name: string, x: JaxArray): JaxArray {
  const [batch, channels, height, width] = x.shape;
  const groups = groupsFor(config, channels);
  const rows = x.reshape([batch, groups, (channels / groups) * height * width]);
  const centred = rows.ref.sub(np.mean(rows, 2, { keepdims: true }));
  const variance = np.mean(centred.ref.mul(centred.ref), 2, { keepdims: true });
  const normal = centred.div(np.sqrt(variance.add(1e-5)));
  const image = normal.reshape([batch, channels, height, width]);
  return nn.silu(image.mul(w[`${name}.gamma`].ref).add(w[`${name}.beta`].ref));
}

function block(w: Weights, { name, input, output }: BlockPlan, x: JaxArray, emb: JaxArray) {
  const time = dense(w, `${name}.time`, emb);
  let h = conv(w, `${name}.conv1`, normSilu(w, `${name}.norm1`, x.ref));
  h = h.add(time.reshape([-1, output, 1, 1]));
  h = conv(w, `${name}.conv2`, normSilu(w, `${name}.norm2`, h));
  return h.add(input === output ? x : conv(w, `${name}.skip`, x));
}

function pool(x: JaxArray): JaxArray {
  const [batch, channels, height, width] = x.shape;
  return np.mean(x.reshape([batch, channels, height / 2, 2, width / 2, 2]), [3, 5]);
}

/** x [B, 1, 28, 28], features [B, 64] → prediction. Leaves the weights to their owner. */
function forward(w: Weights, x: JaxArray, features: JaxArray): JaxArray {
  const hidden = nn.silu(dense(w, 'time.dense1', features));
  const emb = nn.silu(dense(w, 'time.dense2', hidden));
  let h = conv(w, 'in', x);
  const skips: JaxArray[] = [];
  plan.down.forEach((down, i) => {
    h = block(w, down, i === 0 ? h : pool(h), emb.ref);
    skips.push(h.ref);
  });
  h = block(w, plan.middle, h, emb.ref);
  plan.up.forEach((up, i) => {
    const big = i === 0 ? h : np.repeat(np.repeat(h, 2, 2), 2, 3);
    h = block(w, up, np.concatenate([big, skips.pop() as JaxArray], 1), emb.ref);
  });
  emb.dispose();
  return conv(w, 'out.conv', normSilu(w, 'out.norm', h));
}

function loss(w: Weights, x: JaxArray, features: JaxArray, target: JaxArray): JaxArray {
  const error = forward(w, x, features).sub(target);
  return np.mean(error.ref.mul(error));
}

const names = specs.map(({ name }) => name);
const each = (f: (name: string) => JaxArray): Weights =>
  Object.fromEntries(names.map((name) => [name, f(name)]));

/** Adam with β = 0.9, 0.999; `rate` = η/(1−β₁ᵏ), `correction` = 1/(1−β₂ᵏ). */
function step(
  w: Weights,
  m: Weights,
  v: Weights,
  batch: JaxArray[],
  rate: JaxArray,
  correction: JaxArray,
): [Weights, Weights, Weights, JaxArray] {
  const [x, features, target] = batch;
  const [value, g] = valueAndGrad(loss)(
    each((n) => w[n].ref),
    x,
    features,
    target,
  ) as [JaxArray, Weights];
  const m2 = each((n) => m[n].mul(0.9).add(g[n].ref.mul(0.1)));
  const v2 = each((n) => v[n].mul(0.999).add(g[n].ref.mul(g[n]).mul(0.001)));
  const w2 = each((n) => {
    const root = np.sqrt(v2[n].ref.mul(correction.ref)).add(1e-8);
    return w[n].sub(m2[n].ref.mul(rate.ref).div(root));
  });
  rate.dispose();
  correction.dispose();
  return [w2, m2, v2, value];
}

export async function openJax(cell: BenchCell): Promise<BenchEngine> {
  const device = cell.backend;
  const offered = await init(device);
  if (!offered.includes(device)) throw new Error(`jax-js does not offer ${device} here`);
  defaultDevice(device);
  const adapter =
    device === 'webgpu' ? await webgpuAdapter() : device === 'webgl' ? webglAdapter() : null;
  const { xt, target, t } = benchBatch(cell.batch);
  const shape = [cell.batch, 1, config.imageSize, config.imageSize];
  const side = 4 * config.base;
  const batch = [
    np.array(xt).reshape(shape),
    np.array(timeFeatures(t, 1000, side) as Float32Array<ArrayBuffer>).reshape([cell.batch, side]),
    np.array(target).reshape(shape),
  ];
  let w = startWeights();
  let m = each((n) => np.zeros(w[n].shape));
  let v = each((n) => np.zeros(w[n].shape));
  const trainStep = jit(step);
  // Each at its faster: on wasm a forward pass was measured to take half as long without jit.
  const fused = device === 'wasm' ? null : jit(forward);
  const predict = (weights: Weights, x: JaxArray, features: JaxArray): JaxArray => {
    if (!fused) return forward(weights, x, features);
    const handed = each((n) => weights[n].ref);
    return fused(handed, x, features) as JaxArray;
  };
  let count = 0;
  return {
    info: {
      parameters: BENCH_PARAMETERS,
      threads: device === 'wasm' ? cell.threads : 1,
      adapter: adapter?.name ?? '',
      software: adapter?.software ?? false,
      detail: `jax-js 0.1.25, whole step jitted${fused ? '' : ', forward pass not'}`,
    },
    async train(issued) {
      count++;
      const rate = np.array(2e-3 / (1 - 0.9 ** count));
      const correction = np.array(1 / (1 - 0.999 ** count));
      const inputs = batch.map((a) => a.ref);
      const [w2, m2, v2, value] = trainStep(w, m, v, inputs, rate, correction) as [
        Weights,
        Weights,
        Weights,
        JaxArray,
      ];
      [w, m, v] = [w2, m2, v2];
      issued();
      return (await value.data())[0];
    },
    async forward(issued) {
      const output = predict(w, batch[0].ref, batch[1].ref);
      issued();
      await output.data();
    },
    bytes: () => 0,
  };
}
