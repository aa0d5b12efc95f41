/**
 * A residual block as kernel calls:
 *   h = conv1(silu(GN1(x))) + time·e,   y = conv2(silu(GN2(h))) + (x or skip·x)
 * and its gradient, which walks the same values backwards.
 */

import type { UNetConfig } from '../../../checkpoint/config.ts';
import { groupsFor } from '../../unetPlan.ts';
import { type Commands, emit } from './instructions.ts';
import { type Images, images, NONE, operand, type Region } from './layout.ts';
import type { BlockWeights, NormWeights } from './unetWeights.ts';
import type { Matrix } from './weightPlan.ts';

/** What the parts of one program share. */
export interface Writer {
  config: UNetConfig;
  commands: Commands;
  region: Region;
  /** Images that go through the network together. */
  group: number;
  timeDim: number;
  /** Activations are kept for the backward pass. */
  training: boolean;
  /** Scratch space of the convolutions, and one row of channels for each image. */
  scratch: number;
  row: number;
}

/** Values of the forward pass that the backward pass reads. */
export interface BlockValues {
  x: Images;
  a1: Images;
  stats1: number;
  h: Images;
  a2: Images;
  stats2: number;
}

export const vector = ({ region, group }: Writer, floats: number) =>
  region.take(4 * group * floats);

export function norm(w: Writer, x: Images, y: Images, { gamma, beta }: NormWeights): number {
  const groups = groupsFor(w.config, x.c);
  const stats = vector(w, 2 * groups);
  const size = [x.size ** 2, x.c, groups];
  emit(w.commands, 'NORM', ...operand(x), gamma.u, beta.u, ...operand(y), stats, ...size);
  return stats;
}

/** bias: { at: address of prepared weights } or { arena: offset of one row per image }. */
export function conv3(
  w: Writer,
  x: Images,
  y: Images,
  weight: Matrix,
  bias: { at?: number; arena?: number },
  residual: Images | null,
): void {
  // Prepared biases are the same for all images.
  const biases = [bias.at ?? 0, bias.arena ?? -1, bias.arena === undefined ? 0 : y.c];
  const from = residual ? operand(residual) : NONE;
  const size = [x.size, x.size, x.c, y.c];
  emit(
    w.commands,
    'CONV3',
    ...[...operand(x), weight.u, ...biases, ...operand(y), ...from, ...size, w.scratch],
  );
}

/** y = conv of the single channel of x with `weight` (an address), or, turned, its transpose. */
export function one(
  w: Writer,
  x: Images,
  y: Images,
  weight: number,
  bias: number,
  turned: boolean,
) {
  const size = [x.size, x.size, y.c, turned ? 1 : 0];
  emit(w.commands, 'ONE', ...operand(x), weight, bias, ...operand(y), ...size, w.scratch);
}

/** The filter's gradient of a convolution between the single channel of x and the channels of dy. */
export function oneFilter(w: Writer, x: Images, dy: Images, gradient: number, turned: boolean) {
  const size = [x.size, x.size, dy.c, turned ? 1 : 0];
  emit(w.commands, 'ONE_FILTER', ...operand(x), ...operand(dy), gradient, ...size, w.scratch);
}

/** dx += gradient (if dx), and the filter's gradient. */
export function conv3Back(
  w: Writer,
  x: Images,
  weight: Matrix,
  dy: Images,
  dx: Images | null,
): void {
  const to = dx ? operand(dx) : NONE;
  const size = [x.size, x.size, x.c, dy.c];
  if (dx) emit(w.commands, 'CLEAR', dx.at, dx.stride);
  emit(
    w.commands,
    'CONV3_BACK',
    ...[...operand(x), weight.transposed, ...operand(dy), ...to, weight.gradient, ...size],
    w.scratch,
  );
}

export function normBack(
  w: Writer,
  x: Images,
  { gamma, beta }: NormWeights,
  stats: number,
  a: Images,
  da: Images,
  dx: Images,
  add: boolean,
): void {
  const inputs = [...operand(x), gamma.u, beta.u, stats, ...operand(da), ...operand(dx)];
  const size = [x.size ** 2, x.c, groupsFor(w.config, x.c), add ? 1 : 0];
  emit(w.commands, 'NORM_BACK', ...inputs, gamma.gradient, beta.gradient, ...size, a.at);
}

/** Per-image sums of dy go to `rows`, their total to the accumulator. */
export function biasBack(w: Writer, dy: Images, rows: number, gradient: number): void {
  emit(w.commands, 'BIAS_BACK', ...operand(dy), rows, dy.c, gradient, dy.size ** 2, dy.c);
}

export function blockForward(
  w: Writer,
  block: BlockWeights,
  x: Images,
  y: Images,
  embedding: number,
): BlockValues {
  const { commands, region, group, timeDim, training } = w;
  const bias = vector(w, y.c);
  emit(commands, 'DENSE', embedding, block.time.u, block.timeBias.u, bias, y.c, timeDim);
  const a1 = images(region, group, x.size, x.c);
  const stats1 = norm(w, x, a1, block.norm1);
  const h = images(region, group, x.size, y.c);
  conv3(w, a1, h, block.conv1, { arena: bias }, null);
  region.free(bias);
  const a2 = images(region, group, x.size, y.c);
  const stats2 = norm(w, h, a2, block.norm2);
  if (block.skip) {
    const weights = [block.skip.u, block.outBias.u];
    emit(commands, 'CONV1', ...operand(x), ...weights, ...operand(y), x.size ** 2, x.c, y.c);
    conv3(w, a2, y, block.conv2, {}, y);
  } else conv3(w, a2, y, block.conv2, { at: block.outBias.u }, x);
  const values = { x, a1, stats1, h, a2, stats2 };
  if (!training) freeBlock(w, values);
  return values;
}

function freeBlock({ region }: Writer, { a1, stats1, h, a2, stats2 }: BlockValues): void {
  for (const at of [a1.at, stats1, h.at, a2.at, stats2]) region.free(at);
}

/**
 * Gradient of x, from dy. It is added to `target` if there is one, else it is a new tensor, or dy itself where the block
 * passes x on unchanged. The embedding's gradient is added to `dEmbedding`.
 */
export function blockBackward(
  w: Writer,
  block: BlockWeights,
  values: BlockValues,
  dy: Images,
  target: Images | null,
  embedding: number,
  dEmbedding: number,
): Images {
  const { commands, region, group, timeDim } = w;
  const { x, a1, stats1, h, a2, stats2 } = values;
  biasBack(w, dy, w.row, block.outBias.gradient);
  const dh = images(region, group, x.size, dy.c);
  conv3Back(w, a2, block.conv2, dy, dh);
  normBack(w, h, block.norm2, stats2, a2, dh, dh, false);
  biasBack(w, dh, w.row, block.timeBias.gradient);
  const { transposed, gradient } = block.time;
  const dense = [embedding, transposed, w.row, dEmbedding, gradient, -1, timeDim, dy.c, 1];
  emit(commands, 'DENSE_BACK', ...dense);
  const da = images(region, group, x.size, x.c);
  conv3Back(w, a1, block.conv1, dh, da);
  region.free(dh.at);
  let dx = target ?? dy;
  if (block.skip) {
    dx = target ?? images(region, group, x.size, x.c);
    const weights = [block.skip.transposed, ...operand(dy), ...operand(dx), block.skip.gradient];
    const size = [x.size ** 2, x.c, dy.c, target ? 1 : 0];
    emit(commands, 'CONV1_BACK', ...operand(x), ...weights, ...size);
  } else if (target) {
    emit(commands, 'ADD_TO', ...operand(target), ...operand(dy), x.size ** 2, x.c);
  }
  normBack(w, x, block.norm1, stats1, a1, da, dx, true);
  region.free(da.at);
  freeBlock(w, values);
  return dx;
}
