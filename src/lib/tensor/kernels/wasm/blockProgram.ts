/**
 * A residual block as kernel calls:
 *   h = conv1(silu(GN1(x))) + time·e,   y = conv2(silu(GN2(h))) + (x or skip·x)
 * and its gradient, which walks the same values backwards.
 */

import { convIn, convInBack, like, skipIn, skipInBack } from './blockInput.ts';
import { conv3, conv3Back, norm, normBack, vector, type Writer } from './calls.ts';
import { emit } from './instructions.ts';
import { type Images, images, operand, type Parts, partsOf, plain } from './layout.ts';
import type { BlockWeights } from './unetWeights.ts';

/** Values of the forward pass that the backward pass reads. */
export interface BlockValues<X extends Parts> {
  x: X;
  a1: X;
  stats1: number;
  h: Images;
  a2: Images;
  stats2: number;
}

export function blockForward<X extends Parts>(
  w: Writer,
  block: BlockWeights,
  x: X,
  y: Images,
  embedding: number,
): BlockValues<X> {
  const { commands, region, group, timeDim, training } = w;
  const bias = vector(w, y.c);
  emit(commands, 'DENSE', embedding, block.time.u, block.timeBias.u, bias, y.c, timeDim);
  const a1 = like(w, x);
  const stats1 = norm(w, x, a1, block.norm1);
  const h = images(region, group, y.size, y.c);
  convIn(w, block, a1, h, bias);
  region.free(bias);
  const a2 = images(region, group, y.size, y.c);
  const stats2 = norm(w, h, a2, block.norm2);
  if (block.skip) {
    skipIn(w, block, x, y);
    conv3(w, a2, y, block.conv2, {}, y);
  } else conv3(w, a2, y, block.conv2, { at: block.outBias.u }, plain(x));
  const values = { x, a1, stats1, h, a2, stats2 };
  if (!training) freeBlock(w, values);
  return values;
}

function freeBlock({ region }: Writer, { a1, stats1, h, a2, stats2 }: BlockValues<Parts>): void {
  for (const { at } of [...partsOf(a1), h, a2]) region.free(at);
  for (const at of [stats1, stats2]) region.free(at);
}

/**
 * Gradient of x, from dy. It is added to `target` if there is one, else it is a new tensor, or dy itself where the block
 * passes x on unchanged. The embedding's gradient is added to `dEmbedding`.
 */
export function blockBackward<X extends Parts>(
  w: Writer,
  block: BlockWeights,
  values: BlockValues<X>,
  dy: Images,
  target: X | null,
  embedding: number,
  dEmbedding: number,
): X {
  const { commands, region, group, timeDim } = w;
  const { x, a1, stats1, h, a2, stats2 } = values;
  const dh = images(region, group, dy.size, dy.c);
  conv3Back(w, a2, block.conv2, dy, dh, block.outBias.gradient);
  normBack(w, h, block.norm2, stats2, a2, dh, dh, false);
  const da = like(w, x);
  convInBack(w, block, a1, dh, da);
  const { transposed, gradient } = block.time;
  const dense = [embedding, transposed, w.row, dEmbedding, gradient, -1, timeDim, dy.c, 1];
  emit(commands, 'DENSE_BACK', ...dense);
  region.free(dh.at);
  let dx = target ?? dy;
  if (block.skip) {
    dx = target ?? like(w, x);
    skipInBack(w, block, x, dy, dx, target !== null);
  } else if (target) {
    const to = plain(target);
    emit(commands, 'ADD_TO', ...operand(to), ...operand(dy), to.size ** 2, to.c);
  }
  normBack(w, x, block.norm1, stats1, a1, da, dx, true);
  for (const { at } of partsOf(da)) region.free(at);
  freeBlock(w, values);
  return dx as X;
}
