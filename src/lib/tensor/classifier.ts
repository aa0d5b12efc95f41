/**
 * The digit classifier that judges samples (python/README.md): three 3×3 convolutions with ReLU and 2×2 max pooling
 * after the first two, then 1568 → 48 features → 10 logits. Inference only.
 */
import {
  add,
  conv2d,
  matMul,
  maxPool,
  relu,
  reshape,
  softmax,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
  tensor,
  tensor4d,
  tidy,
} from '@tensorflow/tfjs-core';
import { decodeSafetensors, requireTensors } from '../checkpoint/index.ts';
import { disposeParams } from './params.ts';

const TENSORS = [
  { name: 'conv1.weight', shape: [3, 3, 1, 16] },
  { name: 'conv1.bias', shape: [16] },
  { name: 'conv2.weight', shape: [3, 3, 16, 32] },
  { name: 'conv2.bias', shape: [32] },
  { name: 'conv3.weight', shape: [3, 3, 32, 32] },
  { name: 'conv3.bias', shape: [32] },
  { name: 'dense1.weight', shape: [1568, 48] },
  { name: 'dense1.bias', shape: [48] },
  { name: 'dense2.weight', shape: [48, 10] },
  { name: 'dense2.bias', shape: [10] },
];

export interface Judgement {
  /** [count × 10], softmax. */
  probabilities: Float32Array;
  /** [count × 48], after ReLU: the space of the Fréchet distance. */
  features: Float32Array;
}

export interface Classifier {
  /** Images 28×28×1 in [-1, 1], one after another. */
  judge(images: Float32Array): Promise<Judgement>;
  dispose(): void;
}

/** Reads the classifier's weights; throws CheckpointError where the file is not one. */
export function loadClassifier(bytes: Uint8Array): Classifier {
  const { tensors } = decodeSafetensors(bytes);
  requireTensors(tensors, TENSORS);
  const p: Record<string, Tensor> = Object.fromEntries(
    TENSORS.map(({ name, shape }) => [name, tensor(tensors[name].data, shape)]),
  );
  const convolve = (name: string, x: Tensor4D) =>
    relu(
      add(conv2d(x, p[`${name}.weight`] as Tensor4D, 1, 'same'), p[`${name}.bias`] as Tensor1D),
    ) as Tensor4D;
  const layer = (name: string, x: Tensor2D) =>
    add(matMul(x, p[`${name}.weight`] as Tensor2D), p[`${name}.bias`]) as Tensor2D;

  const pass = (images: Float32Array) =>
    tidy(() => {
      const count = images.length / 784;
      let h = maxPool(convolve('conv1', tensor4d(images, [count, 28, 28, 1])), 2, 2, 'valid');
      h = convolve('conv3', maxPool(convolve('conv2', h), 2, 2, 'valid'));
      const features = relu(layer('dense1', reshape(h, [count, 1568])));
      return [softmax(layer('dense2', features)), features];
    });

  return {
    async judge(images) {
      const count = images.length / 784;
      const probabilities = new Float32Array(count * 10);
      const features = new Float32Array(count * 48);
      const chunk = 100;
      for (let start = 0; start < count; start += chunk) {
        const [p10, f48] = pass(images.slice(start * 784, (start + chunk) * 784));
        probabilities.set(await p10.data(), start * 10);
        features.set(await f48.data(), start * 48);
        p10.dispose();
        f48.dispose();
      }
      return { probabilities, features };
    },
    dispose: () => disposeParams(p),
  };
}
