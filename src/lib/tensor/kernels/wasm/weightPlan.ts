/**
 * Where each parameter of a UNet goes: prepared weights (packed from flat storage before a job), gradient accumulators
 * (offsets inside a shard), and the command lists that carry values there and back.
 */
import type { ParamSpec } from '../../params.ts';
import { conv3Floats, matrixFloats, roundUp4, up3Floats } from './abi.ts';
import { type Commands, emit } from './instructions.ts';

export interface Matrix {
  /** Byte addresses of the packed weights and of their transposes. */
  u: number;
  transposed: number;
  /** Byte offset in a shard. */
  gradient: number;
  ci: number;
  co: number;
}

export interface Vector {
  u: number;
  gradient: number;
}

export interface WeightPlan {
  conv3(name: string): Matrix;
  /** 1×1 convolutions and dense layers. */
  matrix(name: string): Matrix;
  /**
   * A convolution of which the first `count` input channels come doubled from the level below: their weights ([0], for the
   * small images) and those of the rest.
   */
  split(name: string, count: number): [Matrix, Matrix];
  /** A vector; with `plus`, the sum of two, which share one gradient. */
  vector(name: string, plus?: string): Vector;
  /** One list per layer: independent, so that threads can share them. */
  pack: Commands[];
  unpack: Commands[];
  preparedBytes(): number;
  shardBytes(): number;
  squareCount(): number;
}

/** How a layer's weights are prepared: for 3×3 convolutions, of doubled images or not, or as plain matrices. */
type Kind = 'CONV3' | 'UP3' | 'MATRIX';
const FLOATS = { CONV3: conv3Floats, UP3: up3Floats, MATRIX: matrixFloats };
const PACKS = {
  CONV3: ['PACK3', 'UNPACK3'],
  UP3: ['PACK_UP3', 'UNPACK_UP3'],
  MATRIX: ['PACK', 'UNPACK'],
} as const;

const ALIGN = 64;
const aligned = (bytes: number) => Math.ceil(bytes / ALIGN) * ALIGN;

/** `prepared`, `shards`: byte addresses of the two regions; `parts` = number of shards. */
export function planWeights(
  specs: ParamSpec[],
  prepared: number,
  shards: number,
  parts: number,
): WeightPlan {
  const found = new Map<string, { offset: number; size: number; shape: number[] }>();
  let offset = 0;
  for (const { name, shape } of specs) {
    const size = shape.reduce((a, b) => a * b, 1);
    found.set(name, { offset, size, shape });
    offset += size;
  }
  let packedEnd = prepared;
  let shardEnd = 0;
  let squares = 0;
  const take = (floats: number) => {
    const at = packedEnd;
    packedEnd += aligned(4 * floats);
    return at;
  };
  const accumulate = (floats: number) => {
    const at = shardEnd;
    shardEnd += aligned(4 * floats);
    return at;
  };
  const spec = (name: string) => {
    const one = found.get(name);
    if (!one) throw new Error(`the network has no parameter "${name}"`);
    return one;
  };
  const pack: Commands[] = [];
  const unpack: Commands[] = [];

  /** Input channels `from`…`from + ci − 1` of a layer, with the commands that carry them there and back. */
  function rows(name: string, from: number, ci: number, kind: Kind) {
    const { offset, shape } = spec(name);
    const [all, co] = shape.slice(-2);
    const floats = FLOATS[kind](ci, co);
    const result: Matrix = {
      u: take(floats),
      transposed: take(floats),
      gradient: accumulate(floats),
      ci,
      co,
    };
    const at = offset + from * co;
    const size = kind === 'MATRIX' ? [ci, co] : [all, ci, co];
    const { u, transposed, gradient } = result;
    const forth: Commands = [];
    emit(forth, PACKS[kind][0], at, ...size, u, transposed);
    const back: Commands = [];
    emit(back, PACKS[kind][1], shards + gradient, parts, ...size, at);
    return { result, forth, back };
  }

  function layer(name: string, pieces: ReturnType<typeof rows>[]): void {
    const { offset, size } = spec(name);
    pack.push(pieces.flatMap(({ forth }) => forth));
    const back = pieces.flatMap((piece) => piece.back);
    emit(back, 'SQUARES', offset, size, squares++);
    unpack.push(back);
  }

  function whole(name: string, kind: Kind): Matrix {
    const piece = rows(name, 0, spec(name).shape.at(-2)!, kind);
    layer(name, [piece]);
    return piece.result;
  }

  return {
    conv3: (name) => whole(name, 'CONV3'),
    matrix: (name) => whole(name, 'MATRIX'),
    split(name, count) {
      const { shape } = spec(name);
      const [low, rest]: Kind[] = shape[0] === 3 ? ['UP3', 'CONV3'] : ['MATRIX', 'MATRIX'];
      const pieces = [
        rows(name, 0, count, low),
        rows(name, count, shape[shape.length - 2] - count, rest),
      ];
      layer(name, pieces);
      return [pieces[0].result, pieces[1].result];
    },
    vector(name, plus) {
      const { offset, size } = spec(name);
      const result = { u: take(roundUp4(size)), gradient: accumulate(roundUp4(size)) };
      const second = plus === undefined ? -1 : spec(plus).offset;
      const forth: Commands = [];
      emit(forth, 'PACK_VECTOR', offset, second, size, result.u);
      pack.push(forth);
      const back: Commands = [];
      for (const at of second < 0 ? [offset] : [offset, second]) {
        emit(back, 'UNPACK_VECTOR', shards + result.gradient, parts, size, at);
        emit(back, 'SQUARES', at, size, squares++);
      }
      unpack.push(back);
      return result;
    },
    pack,
    unpack,
    preparedBytes: () => packedEnd - prepared,
    shardBytes: () => shardEnd,
    squareCount: () => squares,
  };
}
