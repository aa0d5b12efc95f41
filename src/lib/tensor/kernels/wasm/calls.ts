/** The kernels of kernels/src as a program calls them: each function here writes one call, or two that belong together. */

import { type Commands, emit } from './instructions.ts';
import { type Images, NONE, operand, type Parts, partsOf, rows } from './layout.ts';
import type { Matrix, Vector } from './weightPlan.ts';

/** Where calls are written, and what they all may use. */
export interface Writer {
  commands: Commands;
  /** Scratch space of the convolutions, and one row of channels for each image. */
  scratch: number;
  row: number;
}

export interface NormWeights {
  gamma: Vector;
  beta: Vector;
}

const pixels = ({ h, w }: Images) => h * w;

/** Both parts of what is normalised as the kernels know them; the second one is empty for plain images. */
function normParts(x: Parts, y: Parts, a: Parts | null, dx: Parts | null): number[] {
  const [xs, ys, as, dxs] = [x, y, a, dx].map((value) => (value ? partsOf(value) : []));
  const whole = pixels(xs[xs.length - 1]);
  return [0, 1].flatMap((i) => {
    if (!xs[i]) return [...NONE, ...NONE, -1, ...NONE, 0, 0, 0];
    const to = dxs[i] ? operand(dxs[i]) : NONE;
    const images = [...operand(xs[i]), ...operand(ys[i]), as[i]?.at ?? -1, ...to];
    return [...images, pixels(xs[i]), xs[i].c, whole / pixels(xs[i])];
  });
}

/** y = silu(GN(x)); the statistics go to `stats`. */
export function norm(
  { commands }: Writer,
  x: Parts,
  y: Parts,
  { gamma, beta }: NormWeights,
  stats: number,
  groups: number,
): void {
  emit(commands, 'NORM', ...normParts(x, y, null, null), gamma.u, beta.u, stats, groups);
}

/** dx = gradient, or added to what is there; a = y of the forward pass. dx may be da. */
export function normBack(
  { commands }: Writer,
  x: Parts,
  { gamma, beta }: NormWeights,
  stats: number,
  groups: number,
  a: Parts,
  da: Parts,
  dx: Parts,
  add: boolean,
): void {
  const inputs = [...normParts(x, da, a, dx), gamma.u, beta.u, stats, groups];
  emit(commands, 'NORM_BACK', ...inputs, gamma.gradient, beta.gradient, add ? 1 : 0);
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
  const size = [x.h, x.w, x.c, y.c];
  emit(
    w.commands,
    'CONV3',
    ...[...operand(x), weight.u, ...biases, ...operand(y), ...from, ...size, w.scratch],
  );
}

/**
 * dx = gradient (if dx), the filter's gradient, and the bias's, which the transforms give for nothing: per-image sums of dy
 * go to `sums`, their total to the accumulator `bias`.
 */
export function conv3Back(
  w: Writer,
  x: Images,
  weight: Matrix,
  dy: Images,
  dx: Images | null,
  sums: number,
  bias: number,
): void {
  const to = dx ? operand(dx) : NONE;
  const size = [x.h, x.w, x.c, dy.c];
  emit(
    w.commands,
    'CONV3_BACK',
    ...[...operand(x), weight.transposed, ...operand(dy), ...to, weight.gradient],
    ...[sums, dy.c, bias, ...size, w.scratch],
  );
}

/** y += conv3 of x doubled. */
export function up3(w: Writer, x: Images, y: Images, weight: Matrix): void {
  const size = [x.h, x.w, x.c, y.c];
  emit(w.commands, 'UP3', ...operand(x), weight.u, ...operand(y), ...size, w.scratch);
}

export function up3Back(w: Writer, x: Images, weight: Matrix, dy: Images, dx: Images): void {
  const from = [...operand(x), weight.transposed, ...operand(dy), ...operand(dx)];
  emit(w.commands, 'UP3_BACK', ...[...from, weight.gradient, x.h, x.w, x.c, dy.c, w.scratch]);
}

/** bias: an address, or 0. */
export function conv1(w: Writer, x: Images, y: Images, weight: Matrix, bias: number): void {
  emit(w.commands, 'CONV1', ...[...operand(x), weight.u, bias, ...operand(y), pixels(x), x.c, y.c]);
}

/** dx (if dx) = gradient, or added to what is there, and the weights' gradient. */
export function conv1Back(
  w: Writer,
  x: Images,
  { transposed, gradient }: Matrix,
  dy: Images,
  dx: Images | null,
  add: boolean,
): void {
  const images = [...operand(x), transposed, ...operand(dy), ...(dx ? operand(dx) : NONE)];
  emit(w.commands, 'CONV1_BACK', ...images, gradient, pixels(x), x.c, dy.c, add ? 1 : 0);
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
  const size = [x.h, x.w, y.c, turned ? 1 : 0];
  emit(w.commands, 'ONE', ...operand(x), weight, bias, ...operand(y), ...size, w.scratch);
}

/** y = conv of the channels of x to a single one. */
export function oneSum(w: Writer, x: Images, y: Images, weight: number, bias: number) {
  const size = [x.h, x.w, x.c];
  emit(w.commands, 'ONE_SUM', ...operand(x), weight, bias, y.at, y.stride, ...size, w.scratch);
}

/** The filter's gradient of a convolution between the single channel of x and the channels of dy. */
export function oneFilter(w: Writer, x: Images, dy: Images, gradient: number, turned: boolean) {
  const size = [x.h, x.w, dy.c, turned ? 1 : 0];
  emit(w.commands, 'ONE_FILTER', ...operand(x), ...operand(dy), gradient, ...size, w.scratch);
}

/** The bias's gradient alone; sums as in conv3Back. */
export function biasBack(w: Writer, dy: Images, bias: number): void {
  emit(w.commands, 'BIAS_BACK', ...operand(dy), w.row, dy.c, bias, pixels(dy), dy.c);
}

/** y = x·weight + bias, of vectors. */
export function dense(w: Writer, x: Images, y: Images, weight: Matrix, bias: number): void {
  emit(w.commands, 'DENSE', rows(x), weight.u, bias, rows(y), y.c, x.c);
}

/** dx (if dx) = gradient, or added to what is there; bias: an accumulator, or −1. */
export function denseBack(
  w: Writer,
  x: Images,
  { transposed, gradient }: Matrix,
  dy: Images,
  dx: Images | null,
  bias: number,
  add: boolean,
): void {
  const to = [dx ? rows(dx) : -1, gradient, bias, x.c, dy.c, add ? 1 : 0];
  emit(w.commands, 'DENSE_BACK', rows(x), transposed, rows(dy), ...to);
}

/** x += y */
export function addTo(w: Writer, x: Parts, y: Parts): void {
  const [xs, ys] = [partsOf(x), partsOf(y)];
  xs.forEach((part, i) => {
    emit(w.commands, 'ADD_TO', ...operand(part), ...operand(ys[i]), pixels(part), part.c);
  });
}

/** large = each pixel of small as 2×2, times `scale` (1 or ¼), or added to what is there. */
export function spread(w: Writer, small: Images, large: Images, scale: 1 | 0.25, add: boolean) {
  const both = [...operand(small), ...operand(large), large.h, large.w, large.c];
  emit(w.commands, 'SPREAD', ...both, scale === 1 ? 0 : 1, add ? 1 : 0);
}

/** small = sums of 2×2 pixels of large. */
export function gather(w: Writer, large: Images, small: Images): void {
  emit(w.commands, 'GATHER', ...operand(large), ...operand(small), large.h, large.w, large.c);
}

/** small = means of 2×2 pixels of large. */
export function pool(w: Writer, large: Images, small: Images): void {
  emit(w.commands, 'POOL', ...operand(large), ...operand(small), large.h, large.w, large.c);
}

/** to = from, whole vectors. */
export function copy(w: Writer, from: Images, to: Images): void {
  emit(w.commands, 'COPY', ...operand(from), ...operand(to), pixels(from), from.c, from.c);
}

/** From a region of memory (an address, [images][pixels][channels]), with zeros up to whole vectors; `channels` without those. */
export function load(w: Writer, to: Images, channels: number, region: number): void {
  emit(w.commands, 'LOAD', to.at, to.pitch, pixels(to), channels, region);
}

export function store(w: Writer, from: Images, channels: number, region: number): void {
  emit(w.commands, 'STORE', from.at, from.pitch, pixels(from), channels, region);
}

/** x = (q, k, v); y = softmax(q·kᵀ/√d)·v of each head. */
export function attention(w: Writer, x: Images, y: Images, heads: number): void {
  const size = [pixels(x), y.c, heads, w.scratch];
  emit(w.commands, 'ATTENTION', ...operand(x), ...operand(y), ...size);
}

/** dx = gradient, or added to what is there. */
export function attentionBack(
  w: Writer,
  x: Images,
  dy: Images,
  dx: Images,
  heads: number,
  add: boolean,
): void {
  const size = [pixels(x), dy.c, heads, add ? 1 : 0, w.scratch];
  emit(w.commands, 'ATTENTION_BACK', ...operand(x), ...operand(dy), ...operand(dx), ...size);
}

/** y = (x, sin x, cos x, sin 2x, cos 2x), of vectors of n numbers. */
export function waves(w: Writer, x: Images, y: Images, n: number): void {
  emit(w.commands, 'WAVES', x.at, x.stride, y.at, y.stride, n);
}

/** dx = gradient, or added to what is there, from y of the forward pass. */
export function wavesBack(
  w: Writer,
  y: Images,
  dy: Images,
  dx: Images,
  n: number,
  add: boolean,
): void {
  const rowsOf = [y.at, y.stride, dy.at, dy.stride, dx.at, dx.stride];
  emit(w.commands, 'WAVES_BACK', ...rowsOf, n, add ? 1 : 0);
}
