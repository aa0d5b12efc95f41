/**
 * A UNet (see ../../unet.ts) compiled to a flat list of kernel calls: forward alone, or forward, loss and backward.
 * Nothing is copied that need not be: the parts of a concatenation are written where the concatenation is read, and on the
 * way up images are never doubled (blockInput.ts).
 */
import type { UNetConfig } from '../../../checkpoint/config.ts';
import { roundUp4, TILES } from './abi.ts';
import { type BlockValues, blockBackward, blockForward } from './blockProgram.ts';
import {
  biasBack,
  conv3,
  conv3Back,
  norm,
  normBack,
  one,
  oneFilter,
  oneSum,
  vector,
  type Writer,
} from './calls.ts';
import { type Commands, emit } from './instructions.ts';
import {
  channelSlice,
  createRegion,
  type Doubled,
  type Images,
  images,
  operand,
  singles,
} from './layout.ts';
import type { UNetWeights } from './unetWeights.ts';

export interface Program {
  commands: Commands;
  arenaBytes: number;
}

/** Floats that a 3×3 convolution needs; the same as conv3_scratch in kernels/src/conv.c. */
export function conv3Scratch(width: number, k: number, n: number): number {
  const across = (width + 3) >> 2;
  const tiles = across >= TILES ? across : Math.floor(TILES / across) * across;
  const floats = (c: number) => ((tiles + 3) >> 2) * (c / 4) * 25 * 16;
  return 2 * floats(k) + floats(n);
}

function scratchFloats(config: UNetConfig, { down, middle, up }: UNetWeights): number {
  const layers = [...down, middle, ...up].flatMap(({ size, input, output }) => [
    conv3Scratch(size, input, output),
    conv3Scratch(size, output, output),
  ]);
  const channels = roundUp4(config.channels);
  const last = up[up.length - 1].output;
  return Math.max(
    ...layers,
    conv3Scratch(config.imageSize, channels, config.base),
    conv3Scratch(config.imageSize, last, channels),
    (config.imageSize + 2) ** 2,
  );
}

export function compileUNet(
  config: UNetConfig,
  weights: UNetWeights,
  group: number,
  training: boolean,
): Program {
  const { timeDim, down, middle, up } = weights;
  const region = createRegion();
  const commands: Commands = [];
  const widest = Math.max(...[...down, middle, ...up].map(({ output }) => output));
  const w: Writer = {
    config,
    commands,
    region,
    group,
    timeDim,
    training,
    scratch: region.take(4 * scratchFloats(config, weights)),
    row: region.take(4 * group * Math.max(widest, roundUp4(config.channels))),
  };
  const levels = down.length;

  // Time embedding: e = silu(dense2(silu(dense1(features))) + class).
  const [features, z, s, emb, e] = Array.from({ length: 5 }, () => vector(w, timeDim));
  const { dense1, dense2, classes } = weights;
  emit(commands, 'FEATURES', features, timeDim);
  emit(commands, 'DENSE', features, dense1.weight.u, dense1.bias.u, z, timeDim, timeDim);
  emit(commands, 'SILU', z, s, timeDim);
  emit(commands, 'DENSE', s, dense2.weight.u, dense2.bias.u, emb, timeDim, timeDim);
  if (classes) emit(commands, 'CLASS', emb, timeDim, classes.u);
  emit(commands, 'SILU', emb, e, timeDim);

  const x0 = weights.input.single
    ? singles(region, group, config.imageSize)
    : images(region, group, config.imageSize, config.channels);
  emit(commands, 'LOAD_X', x0.at, x0.pitch, x0.size ** 2, config.channels);
  const h0 = images(region, group, config.imageSize, config.base);
  const { input, out } = weights;
  if (input.single) one(w, x0, h0, input.single.u, input.bias.u, false);
  else conv3(w, x0, h0, input.weight!, { at: input.bias.u }, null);

  // The deepest up block reads [middle, skip] of its own size: one tensor. The others read the images of the level below
  // and the skip connection's, apart.
  const last = levels - 1;
  const room = (i: number, channels: number) => images(region, group, down[i].size, channels);
  const cat = room(last, up[0].input);
  const skips = down.map(({ output }, i) =>
    i < last ? room(i, output) : channelSlice(cat, up[0].input - output, output),
  );
  const below = channelSlice(cat, 0, middle.output);

  const downValues: BlockValues<Images>[] = [];
  let h = h0;
  down.forEach((block, i) => {
    if (i > 0) {
      const small = room(i, block.input);
      const { size } = down[i - 1];
      const both = [...operand(skips[i - 1]), ...operand(small)];
      emit(commands, 'POOL', ...both, size, size, block.input);
      h = small;
    }
    downValues.push(blockForward(w, block, h, skips[i], e));
    if (!training) region.free(h.at);
  });
  const middleValues = blockForward(w, middle, skips[last], below, e);
  h = room(last, up[0].output);
  const deepest = blockForward(w, up[0], cat, h, e);
  if (!training) region.free(cat.at);
  const upValues: BlockValues<Doubled>[] = [];
  up.slice(1).forEach((block, j) => {
    const x = { low: h, skip: skips[last - 1 - j] };
    h = room(last - 1 - j, block.output);
    upValues.push(blockForward(w, block, x, h, e));
    if (!training) for (const { at } of [x.low, x.skip]) region.free(at);
  });
  const a = images(region, group, config.imageSize, h.c);
  const stats = norm(w, h, a, weights.outNorm);
  const y = out.single
    ? singles(region, group, config.imageSize)
    : images(region, group, config.imageSize, config.channels);
  if (out.single) oneSum(w, a, y, out.single.u, out.bias.u);
  else conv3(w, a, y, out.weight!, { at: out.bias.u }, null);
  emit(commands, 'STORE_Y', y.at, y.pitch, y.size ** 2, config.channels);

  if (training) backward();
  emit(commands, 'END');
  return { commands, arenaBytes: region.bytes() };

  function backward(): void {
    const dEmb = vector(w, timeDim);
    emit(commands, 'CLEAR', dEmb, timeDim);
    const dy = images(region, group, config.imageSize, config.channels);
    const pixels = y.size ** 2;
    emit(commands, 'LOSS', ...operand(y), ...operand(dy), pixels, config.channels);
    let dh = images(region, group, config.imageSize, h.c);
    if (out.single) {
      biasBack(w, dy, out.bias.gradient);
      one(w, dy, dh, out.single.u, 0, true);
      oneFilter(w, dy, a, out.single.gradient, true);
    } else conv3Back(w, a, out.weight!, dy, dh, out.bias.gradient);
    normBack(w, h, weights.outNorm, stats, a, dh, dh, false);
    for (const { at } of [y, dy, a, h]) region.free(at);

    const dSkips: Images[] = [];
    [...upValues].reverse().forEach((values, i) => {
      const { low, skip } = blockBackward(w, up[last - i], values, dh, null, e, dEmb);
      for (const { at } of [dh, values.x.low, values.x.skip]) region.free(at);
      dSkips.push(skip);
      dh = low;
    });
    const dCat = blockBackward(w, up[0], deepest, dh, null, e, dEmb);
    region.free(dh.at);
    const [dBelow, dLast] = [below, skips[last]].map((part) => ({
      ...part,
      at: part.at - cat.at + dCat.at,
    }));
    dSkips.push(dLast);
    blockBackward(w, middle, middleValues, dBelow, dLast, e, dEmb);
    region.free(cat.at);
    for (let i = last; i >= 0; i--) {
      const dx = blockBackward(w, down[i], downValues[i], dSkips[i], null, e, dEmb);
      if (i === 0) {
        if (input.single) {
          biasBack(w, dx, input.bias.gradient);
          oneFilter(w, x0, dx, input.single.gradient, false);
        } else conv3Back(w, x0, input.weight!, dx, null, input.bias.gradient);
        continue;
      }
      const { size } = down[i - 1];
      const spread = [...operand(dx), ...operand(dSkips[i - 1])];
      emit(commands, 'SPREAD', ...spread, size, size, down[i].input, 1, 1);
      if (dx.at !== dSkips[i].at) region.free(dx.at);
      region.free(i === last ? dCat.at : dSkips[i].at);
    }

    emit(commands, 'SILU_BACK', emb, dEmb, dEmb, timeDim);
    if (classes) emit(commands, 'CLASS_BACK', dEmb, timeDim, classes.gradient, config.classes + 1);
    const ds = vector(w, timeDim);
    const second = [dense2.weight.transposed, dEmb, ds, dense2.weight.gradient];
    emit(commands, 'DENSE_BACK', s, ...second, dense2.bias.gradient, timeDim, timeDim, 0);
    emit(commands, 'SILU_BACK', z, ds, ds, timeDim);
    const first = [dense1.weight.transposed, ds, -1, dense1.weight.gradient];
    emit(commands, 'DENSE_BACK', features, ...first, dense1.bias.gradient, timeDim, timeDim, 0);
  }
}
