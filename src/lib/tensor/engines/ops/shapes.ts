/** A value as a tensor: images are [B,h,w,c], vectors [B,c], so that dense layers and their kernels take them as they are. */
import { reshape, type Tensor, type Tensor2D, type Tensor4D, tensor } from '@tensorflow/tfjs-core';
import { type Graph, type Shape, sizeOfShape } from '../../graph/node.ts';

/** The shape of the tensor of a batch. */
export const tensorShape = (batch: number, { h, w, c }: Shape): number[] =>
  h === 1 && w === 1 ? [batch, c] : [batch, h, w, c];

/** The tensor in the form of this shape: itself, or a second name for its memory. */
export function inForm(t: Tensor, shape: Shape): Tensor {
  const form = tensorShape(t.shape[0], shape);
  return form.join() === t.shape.join() ? t : reshape(t, form);
}

/** An image of one pixel is held as a vector; this is for what takes images only. */
export const asImage = (t: Tensor): Tensor4D =>
  t.rank === 4 ? (t as Tensor4D) : reshape(t, [t.shape[0], 1, 1, t.shape[1] as number]);

export const asVector = (t: Tensor): Tensor2D => t as Tensor2D;

/** Flat arrays as the tensors of a graph's inputs. The arrays are copied: a backend may keep what it is given. */
export function batchTensors({ nodes }: Graph, values: Record<string, Float32Array>) {
  const tensors: Record<string, Tensor> = {};
  for (const node of nodes) {
    if (node.op !== 'input') continue;
    const array = values[node.from];
    tensors[node.from] = tensor(
      array.slice(),
      tensorShape(array.length / sizeOfShape(node.shape), node.shape),
    );
  }
  return tensors;
}
