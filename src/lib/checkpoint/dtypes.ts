/** Number formats of safetensors: little-endian, read into and written from doubles that hold float32 values. */

export interface NumberFormat {
  bytes: number;
  read(view: DataView, at: number): number;
  write(view: DataView, at: number, value: number): void;
  /** Integers must be representable exactly as float32 to be read. */
  integer?: true;
}

const scratch = new DataView(new ArrayBuffer(4));

function bitsOf(value: number): number {
  scratch.setFloat32(0, value);
  return scratch.getUint32(0);
}

/** The float32 value nearest to `value` as IEEE binary16 bits; ties to even, overflow to infinity. */
export function toHalf(value: number): number {
  const bits = bitsOf(value);
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00; // NaN
  if (magnitude >= 0x477ff000) return sign | 0x7c00; // from 65520 on the nearest value is infinity
  if (magnitude < 0x38800000) {
    // Below 2^-14 a half is a multiple of 2^-24; the product is exact in double precision.
    return sign | roundHalfEven(Math.abs(value) * 2 ** 24);
  }
  const rounded = magnitude + 0x0fff + ((magnitude >>> 13) & 1); // 13 bits of the mantissa go
  return sign | ((rounded - 0x38000000) >>> 13); // exponent bias 127 → 15
}

function roundHalfEven(value: number): number {
  const low = Math.floor(value);
  const rest = value - low;
  return rest > 0.5 || (rest === 0.5 && low % 2 === 1) ? low + 1 : low;
}

/** The value of binary16 bits. */
export function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const mantissa = bits & 0x3ff;
  if (exponent === 0) return sign * mantissa * 2 ** -24;
  if (exponent === 31) return mantissa ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + mantissa / 1024) * 2 ** (exponent - 15);
}

/** The float32 value nearest to `value` as bfloat16 bits; ties to even. */
export function toBrain(value: number): number {
  const bits = bitsOf(value);
  if ((bits & 0x7fffffff) > 0x7f800000) return (bits >>> 16) | 0x40; // NaN stays quiet NaN
  return (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
}

export function fromBrain(bits: number): number {
  scratch.setUint32(0, bits << 16);
  return scratch.getFloat32(0);
}

export const DTYPES = {
  F64: {
    bytes: 8,
    read: (view, at) => view.getFloat64(at, true),
    write: (view, at, value) => view.setFloat64(at, value, true),
  },
  F32: {
    bytes: 4,
    read: (view, at) => view.getFloat32(at, true),
    write: (view, at, value) => view.setFloat32(at, value, true),
  },
  F16: {
    bytes: 2,
    read: (view, at) => fromHalf(view.getUint16(at, true)),
    write: (view, at, value) => view.setUint16(at, toHalf(value), true),
  },
  BF16: {
    bytes: 2,
    read: (view, at) => fromBrain(view.getUint16(at, true)),
    write: (view, at, value) => view.setUint16(at, toBrain(value), true),
  },
  I64: {
    bytes: 8,
    read: (view, at) => Number(view.getBigInt64(at, true)),
    write: (view, at, value) => view.setBigInt64(at, BigInt(value), true),
    integer: true,
  },
  I32: {
    bytes: 4,
    read: (view, at) => view.getInt32(at, true),
    write: (view, at, value) => view.setInt32(at, value, true),
    integer: true,
  },
  U32: {
    bytes: 4,
    read: (view, at) => view.getUint32(at, true),
    write: (view, at, value) => view.setUint32(at, value, true),
    integer: true,
  },
  I16: {
    bytes: 2,
    read: (view, at) => view.getInt16(at, true),
    write: (view, at, value) => view.setInt16(at, value, true),
    integer: true,
  },
  I8: {
    bytes: 1,
    read: (view, at) => view.getInt8(at),
    write: (view, at, value) => view.setInt8(at, value),
    integer: true,
  },
  U8: {
    bytes: 1,
    read: (view, at) => view.getUint8(at),
    write: (view, at, value) => view.setUint8(at, value),
    integer: true,
  },
  BOOL: {
    bytes: 1,
    read: (view, at) => (view.getUint8(at) ? 1 : 0),
    write: (view, at, value) => view.setUint8(at, value ? 1 : 0),
    integer: true,
  },
} satisfies Record<string, NumberFormat>;

export type Dtype = keyof typeof DTYPES;

export function isDtype(value: unknown): value is Dtype {
  return typeof value === 'string' && Object.hasOwn(DTYPES, value);
}
