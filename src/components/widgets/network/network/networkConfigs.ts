import type { UNetConfig } from '../../../../lib/checkpoint/config.ts';
import { DIGIT_UNET, TINY_UNET } from '../../../../lib/tensor/recipes/diffusion/defaults.ts';

/** Networks of the book: the lab's default for digits, the shipped class-conditional one, and the one for 2×2 images. */
export const CONFIGS = {
  standard: DIGIT_UNET,
  deep: { ...DIGIT_UNET, multipliers: [1, 2, 4], classes: 10 },
  tiny: TINY_UNET,
} satisfies Record<string, UNetConfig>;
