/** The shape of a UNet from its config alone: blocks and channels. The network (unet.ts) and the diagram in the book read this. */
import type { UNetConfig } from '../../checkpoint/config.ts';

/** One residual block: its tensor-name prefix, channels, and side length of its images. */
export interface BlockPlan {
  name: string;
  input: number;
  output: number;
  size: number;
}

export interface UNetPlan {
  timeDim: number;
  down: BlockPlan[];
  middle: BlockPlan;
  /** In the order of computation: from the smallest images to the largest. */
  up: BlockPlan[];
}

/** All channel counts and image sizes. Throws a sentence where the config cannot work. */
export function unetPlan(config: UNetConfig): UNetPlan {
  const { base, multipliers, imageSize } = config;
  const levels = multipliers.length;
  if (levels < 1 || imageSize % 2 ** (levels - 1) !== 0)
    throw new Error(
      `A UNet with ${levels} levels halves its images ${levels - 1} times; ${imageSize}×${imageSize} images cannot be halved so often. Use fewer multipliers.`,
    );
  const down: BlockPlan[] = [];
  let channels = base;
  for (let i = 0; i < levels; i++) {
    const output = base * multipliers[i];
    down.push({ name: `down.${i}`, input: channels, output, size: imageSize / 2 ** i });
    channels = output;
  }
  const last = down[levels - 1];
  const middle = { name: 'middle', input: channels, output: channels, size: last.size };
  const up: BlockPlan[] = [];
  for (let i = levels - 1; i >= 0; i--) {
    const output = base * multipliers[i];
    up.push({ name: `up.${i}`, input: channels + down[i].output, output, size: down[i].size });
    channels = output;
  }
  for (const { name, input, output } of [...down, middle, ...up])
    for (const c of [input, output])
      if (c % groupsFor(config, c) !== 0)
        throw new Error(
          `Block "${name}" has ${c} channels, which do not divide into ${groupsFor(config, c)} groups. Use a base that is a multiple of ${config.groups}.`,
        );
  return { timeDim: 4 * base, down, middle, up };
}

export function groupsFor(config: UNetConfig, channels: number): number {
  return Math.min(config.groups, channels);
}
