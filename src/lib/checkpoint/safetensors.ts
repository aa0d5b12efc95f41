/**
 * The safetensors format: eight bytes with the length of a JSON header, the header, the data.
 *
 * Header: name → { dtype, shape, data_offsets: [begin, end) in the data }, and `__metadata__`: strings. The data must be
 * covered exactly, without gap or overlap. Format: https://github.com/huggingface/safetensors. A file comes from
 * anywhere, so nothing in it is believed before it is checked. `__metadata__.crc32`, eight hexadecimal digits, is this
 * book's addition: the checksum of the data. A file without it is read as it is.
 */
import { crc32 } from './crc32.ts';
import { DTYPES, type Dtype, isDtype, type NumberFormat } from './dtypes.ts';
import { CheckpointError, type CheckpointValues } from './error.ts';
import { knownFormat } from './foreign.ts';
import { hasDuplicateKey } from './json.ts';

export interface Tensor {
  /** Format in the file. */
  dtype: Dtype;
  shape: number[];
  /** product(shape) values, widened or rounded to float32. */
  data: Float32Array<ArrayBuffer>;
}

export interface TensorInput {
  dtype: Dtype;
  shape: readonly number[];
  data: Float32Array;
}

export interface Safetensors {
  /** Without prototype, in the order of the header. */
  tensors: Record<string, Tensor>;
  /** Without the checksum, which has been checked. */
  metadata: Record<string, string>;
}

export interface DecodeLimits {
  /** Largest file accepted. Default `MOST_BYTES`. */
  maxBytes?: number;
  /** Judges the file by its metadata before anything is said of its tensors: a stranger's file is a stranger's first. */
  accept?: (metadata: Record<string, string>, names: string[]) => void;
}

/** The one limit of writer and reader: what is larger is not begun, not written and not read. */
export const MOST_BYTES = 256 * 2 ** 20;

/** The metadata that bear the data's checksum. */
const CHECKSUM = 'crc32';
const LONGEST_HEADER = 1 << 20;
const HIGHEST_RANK = 8;

const bad = (values: CheckpointValues['malformed']): CheckpointError =>
  new CheckpointError({ code: 'malformed', values });

const product = (shape: readonly number[]): number => shape.reduce((size, n) => size * n, 1);

/** Float32 in memory is F32 in the file where the machine is little-endian, as all that browsers run on are. */
const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/**
 * Serialises tensors in the order given. Throws RangeError when a shape does not fit its data, for a reserved name, or
 * where the file would be larger than a reader takes.
 */
export function encodeSafetensors(
  tensors: Record<string, TensorInput>,
  metadata: Record<string, string> = {},
): Uint8Array<ArrayBuffer> {
  const entries: [string, unknown][] = [];
  let offset = 0;
  for (const [name, { dtype, shape, data }] of Object.entries(tensors)) {
    if (name === '__metadata__') throw new RangeError('A tensor cannot be called __metadata__.');
    if (product(shape) !== data.length) {
      throw new RangeError(`${name}: shape [${shape}] does not hold ${data.length} values.`);
    }
    const end = offset + data.length * DTYPES[dtype].bytes;
    entries.push([name, { dtype, shape: [...shape], data_offsets: [offset, end] }]);
    offset = end;
  }
  const header = (checksum: string) =>
    new TextEncoder().encode(
      JSON.stringify({
        __metadata__: { ...metadata, [CHECKSUM]: checksum },
        ...Object.fromEntries(entries),
      }),
    );
  // As long as the header that is written below, once the data are there to be summed up.
  const headerLength = Math.ceil(header(hex(0)).length / 8) * 8; // spaces pad it, so that data start aligned
  const total = 8 + headerLength + offset;
  if (headerLength > LONGEST_HEADER || total > MOST_BYTES) {
    throw new RangeError(
      `The file would have ${megabytes(total)} MB with a header of ${megabytes(headerLength)} MB; at most ${megabytes(MOST_BYTES)} MB and ${megabytes(LONGEST_HEADER)} MB can be read again, so it was not written.`,
    );
  }
  const out = new Uint8Array(8 + headerLength + offset);
  const view = new DataView(out.buffer);
  view.setBigUint64(0, BigInt(headerLength), true);
  out.fill(0x20, 8, 8 + headerLength);
  let at = 8 + headerLength;
  for (const { dtype, data } of Object.values(tensors)) {
    const format: NumberFormat = DTYPES[dtype];
    if (dtype === 'F32' && LITTLE_ENDIAN) {
      out.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
      at += data.byteLength;
      continue;
    }
    for (const value of data) {
      format.write(view, at, value);
      at += format.bytes;
    }
  }
  out.set(header(hex(crc32(out.subarray(8 + headerLength)))), 8);
  return out;
}

/** Parses and checks a file. Throws CheckpointError 'malformed' or 'oversized'; never reads outside `bytes`. */
export function decodeSafetensors(bytes: Uint8Array, limits: DecodeLimits = {}): Safetensors {
  const { maxBytes = MOST_BYTES, accept } = limits;
  if (bytes.length > maxBytes) {
    throw new CheckpointError({
      code: 'oversized',
      values: { found: bytes.length, most: maxBytes },
    });
  }
  const { header, body } = readHeader(bytes);
  const { [CHECKSUM]: checksum, ...metadata } = readMetadata(header);
  accept?.(
    metadata,
    Object.keys(header).filter((name) => name !== '__metadata__'),
  );
  const view = new DataView(bytes.buffer, bytes.byteOffset + body, bytes.length - body);
  const entries = Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, entry]) => readEntry(name, entry, view.byteLength));
  // Before anything is allocated: overlapping tensors could ask for far more memory than the file has bytes.
  checkCover(entries, view.byteLength);
  if (checksum !== undefined) checkSum(checksum, bytes.subarray(body));
  const tensors: Record<string, Tensor> = Object.create(null);
  for (const { name, dtype, shape, begin } of entries) {
    tensors[name] = {
      dtype,
      shape,
      data: readValues(name, view, DTYPES[dtype], begin, product(shape)),
    };
  }
  return { tensors, metadata };
}

/** A checksum as the header writes it. */
const hex = (sum: number) => sum.toString(16).padStart(8, '0');

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);

function readHeader(bytes: Uint8Array): { header: Record<string, unknown>; body: number } {
  /** Only of bytes that are no header: a name for what they are helps more than what is wrong with them. */
  const noHeader = (found: CheckpointValues['malformed']) => {
    const other = knownFormat(bytes);
    return bad(other ? { code: 'looksLike', values: { format: other } } : found);
  };
  if (bytes.length < 8) throw noHeader({ code: 'short', values: { found: bytes.length } });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const claimed = view.getBigUint64(0, true);
  const length = Number(claimed);
  if (length < 2 || length > LONGEST_HEADER || 8 + length > bytes.length) {
    const values = { claimed: String(claimed), found: bytes.length };
    throw noHeader({ code: 'headerLength', values });
  }
  let header: unknown;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, 8 + length));
    header = JSON.parse(text);
  } catch {
    throw noHeader({ code: 'headerJson', values: {} });
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header))
    throw bad({ code: 'headerObject', values: {} });
  if (hasDuplicateKey(text)) throw bad({ code: 'twice', values: {} });
  return { header: header as Record<string, unknown>, body: 8 + length };
}

function readMetadata(header: Record<string, unknown>): Record<string, string> {
  const value = header.__metadata__ ?? {};
  if (
    typeof value !== 'object' ||
    Array.isArray(value) ||
    !Object.values(value).every((v) => typeof v === 'string')
  ) {
    throw bad({ code: 'metadata', values: {} });
  }
  return value as Record<string, string>;
}

/** The beginning of it as JSON. */
const shown = (value: unknown, length: number) => String(JSON.stringify(value)?.slice(0, length));

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;

function readEntry(name: string, entry: unknown, dataLength: number) {
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Record<string, unknown>;
  const short = name.slice(0, 60);
  if (!isDtype(dtype))
    throw bad({ code: 'dtype', values: { name: short, found: shown(dtype, 20) } });
  if (!Array.isArray(shape) || shape.length > HIGHEST_RANK || !shape.every(isCount)) {
    throw bad({ code: 'shape', values: { name: short } });
  }
  const span =
    Array.isArray(offsets) && offsets.length === 2 && offsets.every(isCount) ? offsets : null;
  if (!span || span[0] > span[1] || span[1] > dataLength) {
    const values = { name: short, found: shown(offsets, 40), length: dataLength };
    throw bad({ code: 'span', values });
  }
  const [begin, end]: number[] = span;
  const wanted = product(shape) * DTYPES[dtype].bytes; // a huge shape gives a huge double, never a small one
  if (end - begin !== wanted) {
    const values = { name: short, shape, dtype, needed: wanted, claimed: end - begin };
    throw bad({ code: 'size', values });
  }
  return { name, dtype, shape: shape as number[], begin, end };
}

function readValues(
  name: string,
  view: DataView,
  format: NumberFormat,
  begin: number,
  count: number,
): Float32Array<ArrayBuffer> {
  const data = new Float32Array(count);
  if (format === DTYPES.F32 && LITTLE_ENDIAN) {
    new Uint8Array(data.buffer).set(
      new Uint8Array(view.buffer, view.byteOffset + begin, 4 * count),
    );
    return data;
  }
  for (let i = 0; i < count; i++) {
    const value = format.read(view, begin + i * format.bytes);
    data[i] = value;
    if (format.integer && data[i] !== value) {
      throw bad({ code: 'integer', values: { name, found: value } });
    }
  }
  return data;
}

/** The spans must tile [0, length): no gap, no overlap, nothing behind. */
function checkCover(spans: { name: string; begin: number; end: number }[], length: number): void {
  let at = 0;
  for (const { name, begin, end } of [...spans].sort(
    (a, b) => a.begin - b.begin || a.end - b.end,
  )) {
    if (begin !== at) {
      throw bad({ code: 'place', values: { name, found: begin, expected: at } });
    }
    at = end;
  }
  if (at !== length) throw bad({ code: 'surplus', values: { length: length - at } });
}

/** The numbers must be those that were written. */
function checkSum(expected: string, data: Uint8Array): void {
  const found = hex(crc32(data));
  if (found === expected) return;
  throw bad({ code: 'damaged', values: { expected: expected.slice(0, 8), found } });
}
