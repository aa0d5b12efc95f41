/** Where a program's tensors lie: regions of memory, and images inside them. */
import { roundUp4 } from './abi.ts';

const ALIGN = 64;
const align = (bytes: number) => Math.ceil(bytes / ALIGN) * ALIGN;

/** First-fit allocation of byte ranges whose lifetimes are known when the program is written. */
export interface Region {
  take(bytes: number): number;
  free(at: number): void;
  /** Highest end ever used. */
  bytes(): number;
}

export function createRegion(): Region {
  const used: { at: number; size: number }[] = [];
  let top = 0;
  return {
    take(bytes) {
      // An odd number of cache lines: tensors of equal shape do not fall into the same cache sets.
      const size = align(bytes) + ALIGN;
      let at = 0;
      for (const block of used) {
        if (block.at - at >= size) break;
        at = block.at + block.size;
      }
      used.push({ at, size });
      used.sort((a, b) => a.at - b.at);
      top = Math.max(top, at + size);
      return at;
    },
    free(at) {
      const index = used.findIndex((block) => block.at === at);
      if (index < 0) throw new Error(`free: nothing lies at ${at}`);
      used.splice(index, 1);
    },
    bytes: () => top,
  };
}

/** Images [group][size][size][channels] in the arena: byte offset, floats between pixels and between images. */
export interface Images {
  at: number;
  pitch: number;
  stride: number;
  size: number;
  /** Channels rounded up to whole vectors. */
  c: number;
}

export function images(region: Region, group: number, size: number, channels: number): Images {
  const c = roundUp4(channels);
  const stride = size * size * c;
  return { at: region.take(4 * group * stride), pitch: c, stride, size, c };
}

/** Images of one channel, without padding: for the kernels of kernels/src/conv_one.c. */
export function singles(region: Region, group: number, size: number): Images {
  const stride = size * size;
  return { at: region.take(4 * group * stride), pitch: 1, stride, size, c: 1 };
}

/** Some channels of a tensor, in place. */
export function channelSlice(whole: Images, from: number, c: number): Images {
  return { ...whole, at: whole.at + 4 * from, c };
}

/** The three operands by which kernels know images. */
export const operand = ({ at, pitch, stride }: Images): [number, number, number] => [
  at,
  pitch,
  stride,
];

export const NONE: [number, number, number] = [-1, 0, 0];

/** What an up block reads: channels of the level below, which the network sees doubled, and the skip connection's. */
export interface Doubled {
  low: Images;
  skip: Images;
}

export type Parts = Images | Doubled;

export const isDoubled = (x: Parts): x is Doubled => 'low' in x;

/** In the order of their channels. */
export const partsOf = (x: Parts): Images[] => (isDoubled(x) ? [x.low, x.skip] : [x]);

/** Images where the program knows that they are not doubled. */
export function plain(x: Parts): Images {
  if (isDoubled(x)) throw new Error('doubled images have no place here');
  return x;
}
