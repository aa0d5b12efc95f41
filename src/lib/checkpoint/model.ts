/** Checkpoints of the book: a safetensors file whose metadata say which network the weights belong to. */
import type { CheckpointRecord } from './config.ts';
import type { Dtype } from './dtypes.ts';
import { CheckpointError, type CheckpointValues } from './error.ts';
import {
  type DecodeLimits,
  decodeSafetensors,
  encodeSafetensors,
  type Tensor,
} from './safetensors.ts';

export const FORMAT = 'from-noise/1';

export interface Checkpoint<Config> {
  config: Config;
  /** null when the file has none. */
  record: CheckpointRecord | null;
  tensors: Record<string, Tensor>;
}

export interface CheckpointInput {
  /** JSON; whoever reads the file parses it. */
  config: object;
  record?: CheckpointRecord | null;
  /** In the order in which they are to lie in the file. */
  tensors: Record<string, { shape: readonly number[]; data: Float32Array }>;
  /** F16 halves the size (11 bits of precision); F32 is exact. Default F32. */
  dtype?: Dtype;
}

export function writeCheckpoint(input: CheckpointInput): Uint8Array<ArrayBuffer> {
  const { config, record, tensors, dtype = 'F32' } = input;
  const metadata: Record<string, string> = { format: FORMAT, config: JSON.stringify(config) };
  if (record) metadata.record = JSON.stringify(record);
  const typed = Object.entries(tensors).map(([name, tensor]) => [name, { ...tensor, dtype }]);
  return encodeSafetensors(Object.fromEntries(typed), metadata);
}

/** Reads and checks a file of this book; `parse` checks its config. Throws CheckpointError; weights must be finite. */
export function readCheckpoint<Config>(
  bytes: Uint8Array,
  parse: (config: unknown) => Config,
  limits: DecodeLimits = {},
): Checkpoint<Config> {
  const { tensors, metadata } = decodeSafetensors(bytes, { accept: refuseForeign, ...limits });
  const config = parse(parseJson(metadata.config, 'config'));
  const record = metadata.record === undefined ? null : parseJson(metadata.record, 'record');
  if (record !== null && (typeof record !== 'object' || Array.isArray(record))) {
    throw new CheckpointError({ code: 'config', values: { code: 'record', values: {} } });
  }
  for (const [name, { data }] of Object.entries(tensors)) {
    if (!data.every(Number.isFinite)) {
      throw new CheckpointError({
        code: 'tensors',
        values: { code: 'notFinite', values: { name } },
      });
    }
  }
  return { config, record: record as CheckpointRecord | null, tensors };
}

function refuseForeign(metadata: Record<string, string>, names: string[]): void {
  if (metadata.format === FORMAT) return;
  throw new CheckpointError({
    code: 'foreign',
    values: {
      format: (metadata.format ?? '').slice(0, 40),
      tensors: names.length,
      first: (names[0] ?? '').slice(0, 60),
      expected: FORMAT,
    },
  });
}

function parseJson(text: string | undefined, key: string): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    throw new CheckpointError({ code: 'config', values: { code: 'notJson', values: { key } } });
  }
}

export interface ExpectedTensor {
  name: string;
  shape: readonly number[];
}

/** Exactly the expected names, each with its shape. Throws CheckpointError 'tensors' that names the first difference. */
export function requireTensors(
  tensors: Record<string, Tensor>,
  expected: readonly ExpectedTensor[],
): void {
  const fail = (values: CheckpointValues['tensors']) => {
    throw new CheckpointError({ code: 'tensors', values });
  };
  for (const { name, shape } of expected) {
    const found = Object.hasOwn(tensors, name) ? tensors[name].shape : null;
    if (!found) fail({ code: 'missing', values: { name } });
    else if (found.length !== shape.length || found.some((n, axis) => n !== shape[axis])) {
      fail({ code: 'shape', values: { name, expected: shape, found } });
    }
  }
  const names = new Set(expected.map(({ name }) => name));
  const extra = Object.keys(tensors).find((name) => !names.has(name));
  if (extra !== undefined) fail({ code: 'surplus', values: { name: extra.slice(0, 60) } });
}
