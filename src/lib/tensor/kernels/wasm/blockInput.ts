/**
 * The convolutions that read a block's input: the 3×3 one after the normalisation, and the 1×1 one around the block. On
 * the way up the input is [images from the level below, doubled; skip]. Nothing is doubled: doubling commutes with what
 * treats pixels alone, so that
 *   conv1×1([double(l), s]) = double(conv1×1(l)) + conv1×1(s),
 * and the 3×3 convolution of a doubled image needs 9 multiplications where a plain one needs 16
 * (kernels/src/winograd_up.c). The gradient of doubling is the sum over 2×2 pixels.
 */
import { conv1, conv1Back, conv3, conv3Back, up3, up3Back, type Writer } from './calls.ts';
import { emit } from './instructions.ts';
import { type Images, images, isDoubled, operand, type Parts, plain } from './layout.ts';
import type { BlockWeights } from './unetWeights.ts';

/** Room for what has the shape of x. */
export function like<X extends Parts>({ region, group }: Writer, x: X): X {
  const room = ({ size, c }: Images) => images(region, group, size, c);
  const result: Parts = isDoubled(x) ? { low: room(x.low), skip: room(x.skip) } : room(plain(x));
  return result as X;
}

/** h = conv1(a) + bias, one row of biases for each image at `bias`. */
export function convIn(w: Writer, block: BlockWeights, a: Parts, h: Images, bias: number): void {
  conv3(w, isDoubled(a) ? a.skip : a, h, block.conv1, { arena: bias }, null);
  if (isDoubled(a)) up3(w, a.low, h, block.low!.conv1);
}

/** da, from the gradient of h; the biases' gradients are left in w.row. */
export function convInBack(w: Writer, block: BlockWeights, a: Parts, dh: Images, da: Parts): void {
  const bias = block.timeBias.gradient;
  if (isDoubled(a) && isDoubled(da)) {
    conv3Back(w, a.skip, block.conv1, dh, da.skip, bias);
    up3Back(w, a.low, block.low!.conv1, dh, da.low);
  } else conv3Back(w, plain(a), block.conv1, dh, plain(da), bias);
}

/** y = skip(x) + bias */
export function skipIn(w: Writer, block: BlockWeights, x: Parts, y: Images): void {
  conv1(w, isDoubled(x) ? x.skip : x, y, block.skip!, block.outBias.u);
  if (!isDoubled(x)) return;
  const small = images(w.region, w.group, x.low.size, y.c);
  conv1(w, x.low, small, block.low!.skip, 0);
  emit(w.commands, 'SPREAD', ...operand(small), ...operand(y), y.size, y.size, y.c, 0, 1);
  w.region.free(small.at);
}

/** dx = gradient of the input through `skip`, or added to what is there. */
export function skipInBack(
  w: Writer,
  block: BlockWeights,
  x: Parts,
  dy: Images,
  dx: Parts,
  add: boolean,
): void {
  if (isDoubled(x) && isDoubled(dx)) {
    conv1Back(w, x.skip, block.skip!, dy, dx.skip, add);
    const small = images(w.region, w.group, x.low.size, dy.c);
    emit(w.commands, 'GATHER', ...operand(dy), ...operand(small), dy.size, dy.size, dy.c);
    conv1Back(w, x.low, block.low!.skip, small, dx.low, add);
    w.region.free(small.at);
  } else conv1Back(w, plain(x), block.skip!, dy, plain(dx), add);
}
