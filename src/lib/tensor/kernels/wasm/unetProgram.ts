/**
 * A UNet (see ../../unet.ts) compiled to a flat list of kernel calls: forward alone, or forward, loss and backward.
 * Nothing is copied that need not be: the parts of a concatenation are written where the concatenation is read.
 */
import type { UNetConfig } from '../../../checkpoint/config.ts';
import { roundUp4, TILES } from './abi.ts';
import {
  type BlockValues,
  biasBack,
  blockBackward,
  blockForward,
  conv3,
  conv3Back,
  norm,
  normBack,
  one,
  oneFilter,
  vector,
  type Writer,
} from './blockProgram.ts';
import { type Commands, emit } from './instructions.ts';
import { channelSlice, createRegion, type Images, images, operand } from './layout.ts';
import type { UNetWeights } from './unetWeights.ts';

export interface Program {
  commands: Commands;
  arenaBytes: number;
}

/** Floats that a 3×3 convolution needs; the same as conv3_scratch in kernels/src/conv.c. */
export function conv3Scratch(width: number, k: number, n: number): number {
  const across = (width + 1) >> 1;
  const tiles = across >= TILES ? across : Math.floor(TILES / across) * across;
  const plane = (c: number) => ((tiles + 3) >> 2) * 4 * c + 16;
  return 16 * (2 * plane(k) + plane(n));
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

  const x0 = images(region, group, config.imageSize, config.channels);
  emit(commands, 'LOAD_X', x0.at, x0.pitch, x0.size ** 2, config.channels);
  const h0 = images(region, group, config.imageSize, config.base);
  const { input, out } = weights;
  if (input.single) one(w, x0, h0, input.single.u, input.bias.u, false);
  else conv3(w, x0, h0, input.weight!, { at: input.bias.u }, null);

  // Level i: cat[i] = [from below, skip]; `below` channels come first.
  const below = down.map((block, i) => up[levels - 1 - i].input - block.output);
  const cat = down.map(({ size }, i) => images(region, group, size, up[levels - 1 - i].input));
  const lower = (whole: Images[], i: number) => channelSlice(whole[i], 0, below[i]);
  const skip = (whole: Images[], i: number) => channelSlice(whole[i], below[i], down[i].output);

  const downValues: BlockValues[] = [];
  let h = h0;
  down.forEach((block, i) => {
    if (i > 0) {
      const small = images(region, group, block.size, block.input);
      const from = operand(skip(cat, i - 1));
      const { size } = down[i - 1];
      emit(commands, 'POOL', ...from, ...operand(small), size, size, block.input);
      h = small;
    }
    downValues.push(blockForward(w, block, h, skip(cat, i), e));
    if (!training) region.free(h.at);
  });
  const last = levels - 1;
  const middleValues = blockForward(w, middle, skip(cat, last), lower(cat, last), e);
  const upValues: BlockValues[] = [];
  up.forEach((block, j) => {
    const i = last - j;
    h = images(region, group, block.size, block.output);
    upValues.push(blockForward(w, block, cat[i], h, e));
    if (!training) region.free(cat[i].at);
    if (i === 0) return;
    const { size } = down[i - 1];
    const to = operand(lower(cat, i - 1));
    emit(commands, 'SPREAD', ...operand(h), ...to, size, size, block.output, 0, 0);
    region.free(h.at);
  });
  const a = images(region, group, config.imageSize, h.c);
  const stats = norm(w, h, a, weights.outNorm);
  const y = images(region, group, config.imageSize, config.channels);
  conv3(w, a, y, weights.out.weight, { at: weights.out.bias.u }, null);
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
    biasBack(w, dy, w.row, weights.out.bias.gradient);
    let dh = images(region, group, config.imageSize, h.c);
    if (out.single) {
      one(w, dy, dh, out.single.u, 0, true);
      oneFilter(w, dy, a, out.single.gradient, true);
    } else conv3Back(w, a, out.weight, dy, dh);
    normBack(w, h, weights.outNorm, stats, a, dh, dh, false);
    for (const { at } of [y, dy, a, h]) region.free(at);

    const dCat: Images[] = [];
    for (let i = 0; i <= last; i++) {
      const j = last - i;
      dCat[i] = blockBackward(w, up[j], upValues[j], dh, null, e, dEmb);
      region.free(dh.at);
      // The middle block still reads the last one.
      if (i === last) continue;
      region.free(cat[i].at);
      const next = images(region, group, down[i + 1].size, below[i]);
      const { size } = down[i];
      emit(commands, 'GATHER', ...operand(lower(dCat, i)), ...operand(next), size, size, below[i]);
      dh = next;
    }
    blockBackward(w, middle, middleValues, lower(dCat, last), skip(dCat, last), e, dEmb);
    region.free(cat[last].at);
    for (let i = last; i >= 0; i--) {
      const dx = blockBackward(w, down[i], downValues[i], skip(dCat, i), null, e, dEmb);
      if (i === 0) {
        biasBack(w, dx, w.row, weights.input.bias.gradient);
        if (input.single) oneFilter(w, x0, dx, input.single.gradient, false);
        else conv3Back(w, x0, input.weight!, dx, null);
        continue;
      }
      const { size } = down[i - 1];
      const to = operand(skip(dCat, i - 1));
      emit(commands, 'SPREAD', ...operand(dx), ...to, size, size, down[i].input, 1, 1);
      if (dx.at !== skip(dCat, i).at) region.free(dx.at);
      region.free(dCat[i].at);
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
