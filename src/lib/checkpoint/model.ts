/** Checkpoints of the book: a safetensors file whose metadata say which network the weights belong to. */
import type { CheckpointRecord } from './config.ts';
import type { Dtype } from './dtypes.ts';
import { CheckpointError } from './error.ts';
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
    throw new CheckpointError({
      code: 'config',
      happened: "The checkpoint's record is not an object.",
    });
  }
  for (const [name, { data }] of Object.entries(tensors)) {
    if (!data.every(Number.isFinite)) {
      throw new CheckpointError({
        code: 'tensors',
        happened: `The checkpoint holds a number that is not finite, in ${JSON.stringify(name)}.`,
        todo: 'Load an earlier checkpoint of that run: its training had diverged when this one was saved.',
      });
    }
  }
  return { config, record: record as CheckpointRecord | null, tensors };
}

function refuseForeign(metadata: Record<string, string>, names: string[]): void {
  if (metadata.format === FORMAT) return;
  const format = metadata.format
    ? `its format is ${JSON.stringify(metadata.format.slice(0, 40))}`
    : 'it names no format';
  const tensors =
    names.length > 0
      ? ` (it holds ${names.length} ${names.length === 1 ? 'tensor,' : 'tensors, the first'} called ${JSON.stringify(names[0].slice(0, 60))})`
      : '';
  throw new CheckpointError({
    code: 'foreign',
    happened: `This file was not written for this book: ${format}${tensors}, expected "${FORMAT}".`,
  });
}

function parseJson(text: string | undefined, key: string): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    throw new CheckpointError({
      code: 'config',
      happened: `The checkpoint's ${key} is missing or is not JSON.`,
    });
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
  const fail = (happened: string) => {
    throw new CheckpointError({
      code: 'tensors',
      happened: `The weights do not fit the network described: ${happened}.`,
    });
  };
  for (const { name, shape } of expected) {
    const found = Object.hasOwn(tensors, name) ? tensors[name].shape : null;
    if (!found) fail(`"${name}" is missing`);
    else if (found.length !== shape.length || found.some((n, axis) => n !== shape[axis])) {
      fail(`"${name}" should have shape [${shape}], but has [${found}]`);
    }
  }
  const names = new Set(expected.map(({ name }) => name));
  const extra = Object.keys(tensors).find((name) => !names.has(name));
  if (extra !== undefined) fail(`"${extra.slice(0, 60)}" is not part of it`);
}
