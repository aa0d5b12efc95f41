/**
 * Where each parameter of a UNet goes: prepared weights (packed from flat storage before a job), gradient accumulators
 * (offsets inside a shard), and the command lists that carry values there and back.
 */
import type { ParamSpec } from '../../params.ts';
import { conv3Floats, matrixFloats, roundUp4 } from './abi.ts';
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
  /** Without `trained`, no gradient is carried back from here. */
  conv3(name: string, trained?: boolean): Matrix;
  /** 1×1 convolutions and dense layers. */
  matrix(name: string): Matrix;
  /** A vector; with `plus`, the sum of two, which share one gradient. */
  vector(name: string, plus?: string): Vector;
  /** One list per layer: independent, so that threads can share them. */
  pack: Commands[];
  unpack: Commands[];
  preparedBytes(): number;
  shardBytes(): number;
  squareCount(): number;
}

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

  function matrix(name: string, three: boolean, trained = true): Matrix {
    const { offset, size, shape } = spec(name);
    const [ci, co] = shape.slice(-2);
    const floats = three ? conv3Floats(ci, co) : matrixFloats(ci, co);
    const result = {
      u: take(floats),
      transposed: take(floats),
      gradient: trained ? accumulate(floats) : -1,
      ci,
      co,
    };
    const forth: Commands = [];
    emit(forth, three ? 'PACK3' : 'PACK', offset, ci, co, result.u, result.transposed);
    pack.push(forth);
    if (!trained) return result;
    const back: Commands = [];
    emit(back, three ? 'UNPACK3' : 'UNPACK', shards + result.gradient, parts, ci, co, offset);
    emit(back, 'SQUARES', offset, size, squares++);
    unpack.push(back);
    return result;
  }

  return {
    conv3: (name, trained) => matrix(name, true, trained),
    matrix: (name) => matrix(name, false),
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
