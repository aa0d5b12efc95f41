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

/** Images [group][h][w][channels] in the arena: byte offset, floats between pixels and between images. A vector is 1×1. */
export interface Images {
  at: number;
  pitch: number;
  stride: number;
  h: number;
  w: number;
  /** Channels rounded up to whole vectors. */
  c: number;
  /** Offset of the memory that they lie in, which others may share. */
  base: number;
}

/** Images that the network sees doubled in front of those of its own size: never doubled in memory (see fusion.ts). */
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

/** Some channels of a tensor, in place. */
export const channelSlice = (whole: Images, from: number, c: number): Images => ({
  ...whole,
  at: whole.at + 4 * from,
  c,
});

/** Offset of numbers that lie without gaps, image after image. */
export function rows(x: Parts): number {
  const { at, pitch, stride, h, w, c } = plain(x);
  if (pitch !== c || stride !== h * w * c) throw new Error('these images do not lie without gaps');
  return at;
}

/** The three operands by which kernels know images. */
export const operand = ({ at, pitch, stride }: Images): [number, number, number] => [
  at,
  pitch,
  stride,
];

export const NONE: [number, number, number] = [-1, 0, 0];

/** Memory for `group` images at a time, which goes back when the last of those that share it is released. */
export interface Memory {
  images(shape: { h: number; w: number; c: number }): Images;
  /** One channel, unpadded: for the kernels of kernels/src/conv_one.c. */
  singles(shape: { h: number; w: number }): Images;
  like<X extends Parts>(x: X): X;
  hold<X extends Parts>(x: X): X;
  release(x: Parts): void;
  /** `floats` for each image, nobody else's. */
  take(floats: number): number;
  give(at: number): void;
  bytes(): number;
}

export function createMemory(group: number): Memory {
  const region = createRegion();
  const holders = new Map<number, number>();
  function place(h: number, w: number, c: number): Images {
    const stride = h * w * c;
    const at = region.take(4 * group * stride);
    holders.set(at, 1);
    return { at, pitch: c, stride, h, w, c, base: at };
  }
  const count = (base: number, change: number) => {
    const left = (holders.get(base) ?? 0) + change;
    if (left < 0) throw new Error(`nothing is held at ${base}`);
    holders.set(base, left);
    if (left === 0) region.free(base);
  };
  return {
    images: ({ h, w, c }) => place(h, w, roundUp4(c)),
    singles: ({ h, w }) => place(h, w, 1),
    like(x) {
      const same = ({ h, w, c }: Images) => place(h, w, c);
      const parts: Parts = isDoubled(x) ? { low: same(x.low), skip: same(x.skip) } : same(plain(x));
      return parts as typeof x;
    },
    hold(x) {
      for (const { base } of partsOf(x)) count(base, 1);
      return x;
    },
    release(x) {
      for (const { base } of partsOf(x)) count(base, -1);
    },
    take: (floats) => region.take(4 * group * floats),
    give: (at) => region.free(at),
    bytes: () => region.bytes(),
  };
}
