/**
 * Seeded random numbers: Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as
 * 1, 2, 3", SC 2011). Word n of a stream is a pure function of (key, n), in 32-bit integer
 * arithmetic only, so a GPU can produce the same words in any order.
 */

export interface RngState {
  readonly key: readonly [number, number];
  /** Number of 32-bit words taken so far. */
  readonly position: number;
  /** The second normal of a Box–Muller pair, when it is still unused. */
  readonly spare: number | null;
}

export interface Rng {
  /** Uniform on [0, 1) with 53 random bits. Takes two words. */
  uniform(): number;
  /** Standard normal by Box–Muller. Two normals take four words. */
  normal(): number;
  /** Uniform integer in 0..n−1, without modulo bias; n in 1..2^32. */
  int(n: number): number;
  /** Fills an array with standard normals and returns it. */
  fillNormal<A extends Float32Array | Float64Array>(out: A): A;
  /** Everything needed to continue the stream; plain JSON. */
  state(): RngState;
  /** An independent stream that depends on this one's seed and the label, not on its position. */
  fork(label: string | number): Rng;
}

type Words = [number, number, number, number];

/** Ten rounds of Philox4x32 on a counter of four words under a key of two words. */
export function philox4x32(counter: Readonly<Words>, key: readonly [number, number]): Words {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < 10; round++) {
    const high0 = mulHigh(0xd2511f53, c0);
    const low0 = Math.imul(0xd2511f53, c0);
    const high1 = mulHigh(0xcd9e8d57, c2);
    const low1 = Math.imul(0xcd9e8d57, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + 0x9e3779b9) | 0;
    k1 = (k1 + 0xbb67ae85) | 0;
  }
  return [c0 >>> 0, c1 >>> 0, c2 >>> 0, c3 >>> 0];
}

/**
 * @param seed a non-negative safe integer, or any string.
 * @throws RangeError for any other number.
 */
export function createRng(seed: number | string): Rng {
  return makeRng({ key: seedKey(seed), position: 0, spare: null });
}

/** Continues a stream from `rng.state()`. */
export function restoreRng(state: RngState): Rng {
  const words = [...state.key, state.position];
  if (state.key.length !== 2 || !words.every((w) => Number.isSafeInteger(w) && w >= 0)) {
    throw new RangeError(
      `Random state: expected two key words and a position; found ${JSON.stringify(state)}. Start from a seed.`,
    );
  }
  return makeRng(state);
}

function makeRng(start: RngState): Rng {
  const key = start.key;
  let position = start.position;
  let spare = start.spare;
  let block: Words = [0, 0, 0, 0];
  let blockIndex = -1;

  const word = (): number => {
    const index = Math.floor(position / 4);
    if (index !== blockIndex) {
      block = philox4x32([index >>> 0, Math.floor(index / 2 ** 32), 0, 0], key);
      blockIndex = index;
    }
    return block[position++ % 4];
  };
  const uniform = (): number => {
    const high = word() >>> 5;
    const low = word() >>> 6;
    return (high * 2 ** 26 + low) * 2 ** -53;
  };
  const normal = (): number => {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - uniform())); // 1 − u lies in (0, 1]: the log is finite
    const angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };

  return {
    uniform,
    normal,
    int(n) {
      if (!Number.isInteger(n) || n < 1 || n > 2 ** 32) {
        throw new RangeError(
          `int(n): expected an integer from 1 to 2^32; found ${n}. Pass such an n.`,
        );
      }
      const limit = 2 ** 32 - (2 ** 32 % n); // words past the last whole multiple of n would bias it
      let w = word();
      while (w >= limit) w = word();
      return w % n;
    },
    fillNormal(out) {
      for (let i = 0; i < out.length; i++) out[i] = normal();
      return out;
    },
    state: () => ({ key: [key[0], key[1]], position, spare }),
    fork(label) {
      const [a, b] = hashString(`${typeof label}:${label}`);
      // Counter words 2 and 3 are 0 in every stream, so this block is never drawn from one.
      const [k0, k1] = philox4x32([a, b, 0x666f726b, 1], key);
      return makeRng({ key: [k0, k1], position: 0, spare: null });
    },
  };
}

function seedKey(seed: number | string): [number, number] {
  if (typeof seed === 'string') return hashString(seed);
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new RangeError(
      `Seed: expected an integer from 0 to 2^53 − 1, or a text; found ${seed}. Choose another seed.`,
    );
  }
  return [seed >>> 0, Math.floor(seed / 2 ** 32)];
}

/** FNV-1a on UTF-16 code units from two starting points: two 32-bit words for a key. */
function hashString(text: string): [number, number] {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(i), 0x01000193);
    b ^= b >>> 15; // otherwise the two words would differ by a linear map only
  }
  return [a >>> 0, b >>> 0];
}

/** High 32 bits of the product of two unsigned 32-bit integers, by 16-bit halves. */
function mulHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const cross = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + Math.floor(middle / 65536) + Math.floor(cross / 65536)) | 0;
}
