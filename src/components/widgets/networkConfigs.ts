import type { UNetConfig } from '../../lib/checkpoint/config.ts';

/** Networks of the book: the lab's default for digits, the shipped class-conditional one, and one for 2×2 images. */
export const CONFIGS = {
  standard: {
    kind: 'unet',
    imageSize: 28,
    channels: 1,
    base: 16,
    multipliers: [1, 2, 2],
    groups: 8,
    classes: 0,
  },
  deep: {
    kind: 'unet',
    imageSize: 28,
    channels: 1,
    base: 16,
    multipliers: [1, 2, 4],
    groups: 8,
    classes: 10,
  },
  tiny: {
    kind: 'unet',
    imageSize: 2,
    channels: 1,
    base: 16,
    multipliers: [1, 2],
    groups: 8,
    classes: 0,
  },
} satisfies Record<string, UNetConfig>;
