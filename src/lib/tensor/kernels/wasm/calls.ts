/** The kernels of kernels/src as a program calls them: each function here writes one call, or two that belong together. */
import type { UNetConfig } from '../../../checkpoint/config.ts';
import { groupsFor } from '../../networks/unetPlan.ts';
import { type Commands, emit } from './instructions.ts';
import { type Images, NONE, operand, type Parts, partsOf, type Region } from './layout.ts';
import type { NormWeights } from './unetWeights.ts';
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

export const vector = ({ region, group }: Writer, floats: number) =>
  region.take(4 * group * floats);

/** Both parts of what is normalised as the kernels know them; the second one is empty for plain images. */
function normParts(x: Parts, y: Parts, a: Parts | null, dx: Parts | null): number[] {
  const [xs, ys, as, dxs] = [x, y, a, dx].map((value) => (value ? partsOf(value) : []));
  const { size } = xs[xs.length - 1];
  return [0, 1].flatMap((i) => {
    if (!xs[i]) return [...NONE, ...NONE, -1, ...NONE, 0, 0, 0];
    const times = (size / xs[i].size) ** 2;
    const to = dxs[i] ? operand(dxs[i]) : NONE;
    const images = [...operand(xs[i]), ...operand(ys[i]), as[i]?.at ?? -1, ...to];
    return [...images, xs[i].size ** 2, xs[i].c, times];
  });
}

const groupsOf = ({ config }: Writer, x: Parts) =>
  groupsFor(
    config,
    partsOf(x).reduce((sum, { c }) => sum + c, 0),
  );

export function norm(w: Writer, x: Parts, y: Parts, { gamma, beta }: NormWeights): number {
  const groups = groupsOf(w, x);
  const stats = vector(w, 2 * groups);
  emit(w.commands, 'NORM', ...normParts(x, y, null, null), gamma.u, beta.u, stats, groups);
  return stats;
}

export function normBack(
  w: Writer,
  x: Parts,
  { gamma, beta }: NormWeights,
  stats: number,
  a: Parts,
  da: Parts,
  dx: Parts,
  add: boolean,
): void {
  const inputs = [...normParts(x, da, a, dx), gamma.u, beta.u, stats, groupsOf(w, x)];
  emit(w.commands, 'NORM_BACK', ...inputs, gamma.gradient, beta.gradient, add ? 1 : 0);
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

/**
 * dx = gradient (if dx), the filter's gradient, and the bias's, which the transforms give for nothing: per-image sums of dy
 * go to w.row, their total to the accumulator `bias`.
 */
export function conv3Back(
  w: Writer,
  x: Images,
  weight: Matrix,
  dy: Images,
  dx: Images | null,
  bias: number,
): void {
  const to = dx ? operand(dx) : NONE;
  const size = [x.size, x.size, x.c, dy.c];
  emit(
    w.commands,
    'CONV3_BACK',
    ...[...operand(x), weight.transposed, ...operand(dy), ...to, weight.gradient],
    ...[w.row, dy.c, bias, ...size, w.scratch],
  );
}

/** y += conv3 of x doubled. */
export function up3(w: Writer, x: Images, y: Images, weight: Matrix): void {
  const size = [x.size, x.size, x.c, y.c];
  emit(w.commands, 'UP3', ...operand(x), weight.u, ...operand(y), ...size, w.scratch);
}

export function up3Back(w: Writer, x: Images, weight: Matrix, dy: Images, dx: Images): void {
  const from = [...operand(x), weight.transposed, ...operand(dy), ...operand(dx)];
  emit(w.commands, 'UP3_BACK', ...[...from, weight.gradient, x.size, x.size, x.c, dy.c, w.scratch]);
}

/** bias: an address, or 0. */
export function conv1(w: Writer, x: Images, y: Images, weight: Matrix, bias: number): void {
  const size = [x.size ** 2, x.c, y.c];
  emit(w.commands, 'CONV1', ...operand(x), weight.u, bias, ...operand(y), ...size);
}

/** dx = gradient, or added to what is there, and the weights' gradient. */
export function conv1Back(
  w: Writer,
  x: Images,
  { transposed, gradient }: Matrix,
  dy: Images,
  dx: Images,
  add: boolean,
): void {
  const images = [...operand(x), transposed, ...operand(dy), ...operand(dx), gradient];
  emit(w.commands, 'CONV1_BACK', ...images, x.size ** 2, x.c, dy.c, add ? 1 : 0);
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

/** y = conv of the channels of x to a single one. */
export function oneSum(w: Writer, x: Images, y: Images, weight: number, bias: number) {
  const size = [x.size, x.size, x.c];
  emit(w.commands, 'ONE_SUM', ...operand(x), weight, bias, y.at, y.stride, ...size, w.scratch);
}

/** The filter's gradient of a convolution between the single channel of x and the channels of dy. */
export function oneFilter(w: Writer, x: Images, dy: Images, gradient: number, turned: boolean) {
  const size = [x.size, x.size, dy.c, turned ? 1 : 0];
  emit(w.commands, 'ONE_FILTER', ...operand(x), ...operand(dy), gradient, ...size, w.scratch);
}

/** The bias's gradient alone; sums as in conv3Back. */
export function biasBack(w: Writer, dy: Images, bias: number): void {
  emit(w.commands, 'BIAS_BACK', ...operand(dy), w.row, dy.c, bias, dy.size ** 2, dy.c);
}
