/**
 * The bench UNet as a tf.layers model, as a user of TensorFlow.js would write it. There is no GroupNorm layer in tf.layers:
 * it is a custom layer of stock ops. The sinusoids of the time are an input. Adam is tf.train.adam, tensor by tensor; there
 * is no moving average of the weights.
 */
import * as tf from '@tensorflow/tfjs';
import { benchBatch, benchParameters } from '../../../src/lib/bench/data.ts';
import type { BenchEngine } from '../../../src/lib/bench/engine.ts';
import { BENCH_MODEL, type BenchCell } from '../../../src/lib/bench/types.ts';
import { timeFeatures } from '../../../src/lib/math/process/timeFeatures.ts';
import { startBackend } from '../../../src/lib/tensor/backend.ts';
import { deviceBytes } from '../../../src/lib/tensor/measure.ts';
import { unet } from '../../../src/lib/tensor/networks/unet.ts';
import { type BlockPlan, groupsFor, unetPlan } from '../../../src/lib/tensor/networks/unetPlan.ts';
import { unflatten } from '../../../src/lib/tensor/params.ts';

type Node = tf.SymbolicTensor;

const config = BENCH_MODEL;

class GroupNorm extends tf.layers.Layer {
  static className = 'GroupNorm';
  private gamma!: tf.LayerVariable;
  private beta!: tf.LayerVariable;
  private readonly groups: number;

  constructor({ groups, name }: { groups: number; name: string }) {
    super({ name });
    this.groups = groups;
  }

  override build(shape: tf.Shape): void {
    const channels = [shape[shape.length - 1] as number];
    this.gamma = this.addWeight('gamma', channels, 'float32', tf.initializers.ones());
    this.beta = this.addWeight('beta', channels, 'float32', tf.initializers.zeros());
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      const [batch, height, width, channels] = x.shape as [number, number, number, number];
      const grouped = x.reshape([batch, height * width, this.groups, channels / this.groups]);
      const { mean, variance } = tf.moments(grouped, [1, 3], true);
      const normal = grouped.sub(mean).mul(tf.rsqrt(variance.add(1e-5)));
      return normal.reshape(x.shape).mul(this.gamma.read()).add(this.beta.read());
    });
  }
}

const conv = (name: string, filters: number, kernelSize: number) =>
  tf.layers.conv2d({ name, filters, kernelSize, padding: 'same' });
const silu = (x: Node) => tf.layers.activation({ activation: 'swish' }).apply(x) as Node;

function normSilu(name: string, x: Node): Node {
  const groups = groupsFor(config, x.shape[3] as number);
  return silu(new GroupNorm({ name, groups }).apply(x) as Node);
}

function block({ name, input, output }: BlockPlan, x: Node, emb: Node): Node {
  const time = tf.layers.dense({ name: `${name}.time`, units: output }).apply(emb) as Node;
  const row = tf.layers.reshape({ targetShape: [1, 1, output] }).apply(time) as Node;
  let h = conv(`${name}.conv1`, output, 3).apply(normSilu(`${name}.norm1`, x)) as Node;
  h = tf.layers.add().apply([h, row]) as Node;
  h = conv(`${name}.conv2`, output, 3).apply(normSilu(`${name}.norm2`, h)) as Node;
  const skip = input === output ? x : (conv(`${name}.skip`, output, 1).apply(x) as Node);
  return tf.layers.add().apply([h, skip]) as Node;
}

export function layersModel(): tf.LayersModel {
  const plan = unetPlan(config);
  const side = config.imageSize;
  const x = tf.input({ shape: [side, side, 1] });
  const features = tf.input({ shape: [plan.timeDim] });
  const dense = (name: string, h: Node) =>
    silu(tf.layers.dense({ name, units: plan.timeDim }).apply(h) as Node);
  const emb = dense('time.dense2', dense('time.dense1', features));
  let h = conv('in', config.base, 3).apply(x) as Node;
  const skips: Node[] = [];
  plan.down.forEach((down, i) => {
    const small = i === 0 ? h : (tf.layers.averagePooling2d({ poolSize: 2 }).apply(h) as Node);
    h = block(down, small, emb);
    skips.push(h);
  });
  h = block(plan.middle, h, emb);
  plan.up.forEach((up, i) => {
    const big = i === 0 ? h : (tf.layers.upSampling2d({ size: [2, 2] }).apply(h) as Node);
    h = block(up, tf.layers.concatenate().apply([big, skips.pop() as Node]) as Node, emb);
  });
  const output = conv('out.conv', 1, 3).apply(normSilu('out.norm', h)) as Node;
  return tf.model({ inputs: [x, features], outputs: output });
}

/** Gives every layer the weights that all engines start from: [kernel, bias] and [gamma, beta], as the specs list them. */
function setWeights(model: tf.LayersModel): void {
  const specs = unet(config).specs;
  const named = unflatten(specs, benchParameters());
  const tensors = new Map<string, tf.Tensor[]>();
  for (const { name, shape } of specs) {
    const layer = name.slice(0, name.lastIndexOf('.'));
    tensors.set(layer, [...(tensors.get(layer) ?? []), tf.tensor(named[name].slice(), shape)]);
  }
  for (const [layer, values] of tensors) {
    model.getLayer(layer).setWeights(values);
    tf.dispose(values);
  }
}

export async function openLayers(cell: BenchCell): Promise<BenchEngine> {
  const { info: backend, skipped } = await startBackend(cell.backend, 'stock');
  if (backend.name !== cell.backend)
    throw new Error(skipped[0]?.message ?? `This browser does not offer ${cell.backend}.`);
  const model = layersModel();
  setWeights(model);
  model.compile({ optimizer: tf.train.adam(2e-3, 0.9, 0.999, 1e-8), loss: 'meanSquaredError' });
  const { xt, target, t } = benchBatch(cell.batch);
  const side = config.imageSize;
  const shape: [number, number, number, number] = [cell.batch, side, side, 1];
  const width = 4 * config.base;
  const inputs = [
    tf.tensor4d(xt, shape),
    tf.tensor2d(timeFeatures(t, 1000, width), [cell.batch, width]),
  ];
  const answers = tf.tensor4d(target, shape);
  return {
    info: {
      parameters: model.countParams(),
      threads: backend.threads,
      adapter: backend.adapter,
      software: backend.software,
      detail: `tf.layers ${tf.version_layers}, trainOnBatch; GroupNorm as a custom layer`,
    },
    // trainOnBatch awaits before it computes: how long it keeps the thread cannot be seen from here.
    train: async () => (await model.trainOnBatch(inputs, answers)) as number,
    async forward(issued) {
      const output = model.predictOnBatch(inputs) as tf.Tensor;
      issued();
      await output.data();
      output.dispose();
    },
    bytes: deviceBytes,
  };
}
