/**
 * The classifier's training step (recipes/classifier), on one fixed batch from one start: as the recipe takes it, with our kernels
 * or stock ones (this book's gradients), and in stock layers with tfjs's automatic gradients and tf.train.adam.
 */
import * as tf from '@tensorflow/tfjs';
import type { BenchEngine } from '../../../src/lib/bench/engine.ts';
import type { BenchCell } from '../../../src/lib/bench/types.ts';
import { createRng } from '../../../src/lib/math/numerics/rng.ts';
import { startBackend } from '../../../src/lib/tensor/backend.ts';
import { deviceBytes } from '../../../src/lib/tensor/measure.ts';
import { classifier } from '../../../src/lib/tensor/networks/classifier.ts';
import { freshState } from '../../../src/lib/tensor/optimizer.ts';
import { initialParameters, unflatten } from '../../../src/lib/tensor/params.ts';
import { defaultClassifier } from '../../../src/lib/tensor/recipes/classifier/kind.ts';
import { openSteps } from '../../../src/lib/tensor/recipes/classifier/steps.ts';
import { conv, dense, normSilu, pool, type Weights } from './stockLayers.ts';

const { network, learningRate } = defaultClassifier('mnist');
const graph = classifier(network);
const start = () => initialParameters(graph.specs, 1);

/** Gaussian images: their values do not matter for speed. */
function batchOf(count: number) {
  const { imageSize: side, channels, classes } = network;
  const x = createRng('bench').fillNormal(new Float32Array(count * side * side * channels));
  return { x, labels: Int32Array.from({ length: count }, (_, i) => i % classes) };
}

export async function openClassifier(cell: BenchCell): Promise<BenchEngine> {
  const { info, skipped } = await startBackend(
    cell.backend,
    cell.engine === 'ours' ? 'ours' : 'stock',
  );
  if (info.name !== cell.backend)
    throw new Error(skipped[0]?.message ?? `This browser does not offer ${cell.backend}.`);
  const engine =
    cell.variant === 'classifier im2col' ? stock(cell.batch) : await asTheRecipe(cell.batch);
  return {
    ...engine,
    info: {
      parameters: start().length,
      threads: engine.threads ?? info.threads,
      adapter: info.adapter,
      software: info.software,
      detail: cell.engine === 'ours' ? info.kernels : `tfjs ${tf.version_core}`,
    },
    bytes: deviceBytes,
  };
}

async function asTheRecipe(count: number) {
  const { stepper } = await openSteps(graph, freshState(start()), count);
  const batch = batchOf(count);
  const judge = await stepper.frozen('raw');
  let step = 0;
  return {
    threads: stepper.threads,
    async train(issued: () => void) {
      const hyper = { step: ++step, learningRate, emaDecay: 0.99, clipNorm: 0 };
      const result = stepper.issue(batch, hyper, () => {});
      issued();
      const { errors } = await result;
      return Array.from(errors).reduce((sum, e) => sum + e, 0) / count;
    },
    async forward(issued: () => void) {
      const result = judge.logits(batch.x);
      issued();
      await result;
    },
  };
}

function stock(count: number) {
  const named = unflatten(graph.specs, start());
  const w: Weights = new Map(
    graph.specs.map(({ name, shape }) => [
      name,
      tf.variable(tf.tensor(named[name].slice(), shape)),
    ]),
  );
  const optimizer = tf.train.adam(learningRate, 0.9, 0.999, 1e-8);
  const { imageSize: side, channels, classes, groups } = network;
  const batch = batchOf(count);
  const x = tf.tensor4d(batch.x, [count, side, side, channels]);
  const labels = tf.oneHot(tf.tensor1d(batch.labels, 'int32'), classes);
  const logits = () => {
    let h: tf.Tensor = x;
    for (const n of [1, 2, 3])
      h = normSilu(w, `norm${n}`, conv(w, `conv${n}`, n === 1 ? h : pool(h)), groups);
    return dense(w, 'out', h.reshape([count, -1]));
  };
  return {
    threads: undefined,
    async train(issued: () => void) {
      const loss = optimizer.minimize(
        () => tf.losses.softmaxCrossEntropy(labels, logits()) as tf.Scalar,
        true,
      ) as tf.Scalar;
      issued();
      const [value] = await loss.data();
      loss.dispose();
      return value;
    },
    async forward(issued: () => void) {
      const output = tf.tidy(logits);
      issued();
      await output.data();
      output.dispose();
    },
  };
}
