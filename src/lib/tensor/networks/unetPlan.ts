/**
 * The shape of a UNet without TensorFlow.js: blocks, channels, parameters and operations, from its config alone.
 * The network (unet.ts), the diagram in the book and the bench all read this.
 */
import type { UNetConfig } from '../../checkpoint/config.ts';
import type { Init, ParamSpec } from '../params.ts';

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

/** Every parameter, in the order of the checkpoint format. */
export function unetSpecs(config: UNetConfig): ParamSpec[] {
  const { timeDim, down, middle, up } = unetPlan(config);
  const specs: ParamSpec[] = [];
  const layer = (name: string, shape: number[], init: Init = 'kaiming') => {
    specs.push({ name: `${name}.weight`, shape, init });
    specs.push({ name: `${name}.bias`, shape: [shape[shape.length - 1]], init: 'zeros' });
  };
  const norm = (name: string, channels: number) => {
    specs.push({ name: `${name}.gamma`, shape: [channels], init: 'ones' });
    specs.push({ name: `${name}.beta`, shape: [channels], init: 'zeros' });
  };
  layer('time.dense1', [timeDim, timeDim]);
  layer('time.dense2', [timeDim, timeDim]);
  if (config.classes > 0)
    specs.push({
      name: 'class.embedding',
      shape: [config.classes + 1, timeDim],
      init: 'embedding',
    });
  layer('in', [3, 3, config.channels, config.base]);
  for (const { name, input, output } of [...down, middle, ...up]) {
    norm(`${name}.norm1`, input);
    layer(`${name}.conv1`, [3, 3, input, output]);
    layer(`${name}.time`, [timeDim, output]);
    norm(`${name}.norm2`, output);
    layer(`${name}.conv2`, [3, 3, output, output], 'zeros');
    if (input !== output) layer(`${name}.skip`, [1, 1, input, output]);
  }
  const channels = up[up.length - 1].output;
  norm('out.norm', channels);
  layer('out.conv', [3, 3, channels, config.channels], 'zeros');
  return specs;
}

/** Multiply–adds count two; normalisation and activations (under 5 %) are left out. One image, forward. */
export function unetFlops(config: UNetConfig): number {
  const { timeDim, down, middle, up } = unetPlan(config);
  let multiplyAdds = 2 * timeDim * timeDim;
  multiplyAdds +=
    9 * config.imageSize ** 2 * config.channels * (config.base + up[up.length - 1].output);
  for (const { input, output, size } of [...down, middle, ...up]) {
    multiplyAdds += size ** 2 * 9 * (input * output + output * output);
    if (input !== output) multiplyAdds += size ** 2 * input * output;
    multiplyAdds += timeDim * output;
  }
  return 2 * multiplyAdds;
}
