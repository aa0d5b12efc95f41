/** What readers are told of a checkpoint that cannot be used. English. */
import type {
  CheckpointReason,
  CheckpointValues,
  ConfigValues,
  ExpectedValues,
  MalformedValues,
  TensorValues,
} from '../../checkpoint/error.ts';
import type { KnownFormat } from '../../checkpoint/foreign.ts';
import { type Sentences, say } from '../../data/reason.ts';
import { expectedOneOf } from '../../math/numerics/oneOf.ts';

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);
const quoted = (name: string) => JSON.stringify(name);

const formats: Record<KnownFormat, string> = {
  gzip: 'a gzip archive (the data sets come in such files; they are fetched, not loaded)',
  zip: 'a zip archive, as PyTorch (.pt, .pth) and NumPy (.npz) write',
  hdf5: 'an HDF5 file, as Keras (.h5) writes',
  npy: 'a NumPy array (.npy)',
  png: 'a PNG image',
  jpeg: 'a JPEG image',
  gguf: 'a GGUF model',
  idx: 'an IDX file, as MNIST comes in (choose the data set in the menu instead)',
};

const unsound = (found: string) => `This is not a sound safetensors file: ${found}.`;

const malformed: Sentences<MalformedValues> = {
  looksLike: ({ format }) => unsound(`it looks like ${formats[format]}`),
  short: ({ found }) =>
    unsound(`it has ${found} bytes, fewer than the 8 that give the header's length`),
  headerLength: ({ claimed, found }) =>
    unsound(`its header claims ${claimed} bytes in a file of ${found}`),
  headerJson: () => unsound('its header is not JSON'),
  headerObject: () => unsound('its header is not an object'),
  twice: () => unsound('its header names something twice'),
  metadata: () => unsound('its __metadata__ holds something other than strings'),
  dtype: ({ name, found }) => unsound(`${quoted(name)} has the unknown number format ${found}`),
  shape: ({ name }) => unsound(`${quoted(name)} has no valid shape`),
  span: ({ name, found, length }) => unsound(`${quoted(name)} claims bytes ${found} of ${length}`),
  size: ({ name, shape, dtype, needed, claimed }) =>
    unsound(
      `${quoted(name)} of shape [${shape}] in ${dtype} needs ${needed} bytes, but claims ${claimed}`,
    ),
  integer: ({ name, found }) =>
    unsound(`${quoted(name)} holds the integer ${found}, which float32 cannot`),
  place: ({ name, found, expected }) =>
    unsound(
      `${quoted(name)} begins at byte ${found} instead of ${expected} (${found < expected ? 'overlap' : 'gap'})`,
    ),
  surplus: ({ length }) => unsound(`${length} bytes at the end belong to no tensor`),
  damaged: ({ expected, found }) =>
    `This file was damaged after it was written: the CRC-32 of its numbers should be ${expected}, but is ${found}.`,
};

const wanted: Sentences<ExpectedValues> = {
  object: () => 'an object',
  integer: ({ low, high }) => `a whole number from ${low} to ${high}`,
  oneOf: ({ choices }) => expectedOneOf(choices),
  multipliers: ({ levels, most }) => `1 to ${levels} whole numbers from 1 to ${most}`,
  answers: () => '2, or left out',
  divisible: ({ by, levels }) => `divisible by ${by}${levels ? ` (${levels} levels)` : ''}`,
  grouped: ({ groups }) => `a multiple of the ${groups} groups`,
  fractions: ({ count }) => `${count} numbers between 0 and 1`,
};

const config: Sentences<ConfigValues> = {
  field: ({ path, expected, found }) =>
    `The checkpoint's config is not valid: ${path} should be ${say(wanted, expected)}, but is ${found || 'nothing'}.`,
  notJson: ({ key }) => `The checkpoint's ${key} is missing or is not JSON.`,
  record: () => "The checkpoint's record is not an object.",
  steps: ({ found }) => `The run's record should hold a number of steps, but holds ${found}.`,
};

const misfit = (found: string) => `The weights do not fit the network described: ${found}.`;

const tensors: Sentences<TensorValues> = {
  notFinite: ({ name }) => `The checkpoint holds a number that is not finite, in ${quoted(name)}.`,
  missing: ({ name }) => misfit(`"${name}" is missing`),
  shape: ({ name, expected, found }) =>
    misfit(`"${name}" should have shape [${expected}], but has [${found}]`),
  surplus: ({ name }) => misfit(`"${name}" is not part of it`),
};

const happened: Sentences<CheckpointValues> = {
  malformed: (reason) => say(malformed, reason),
  oversized: ({ found, most }) =>
    `The file has ${megabytes(found)} MB; at most ${megabytes(most)} MB are accepted.`,
  foreign(values) {
    if ('recipe' in values)
      return `This file is of this book, but what it trains is of another kind: "${values.recipe}", expected "${values.expected}".`;
    const format = values.format ? `its format is ${quoted(values.format)}` : 'it names no format';
    const count = values.tensors === 1 ? 'tensor,' : 'tensors, the first';
    const held =
      values.tensors > 0
        ? ` (it holds ${values.tensors} ${count} called ${quoted(values.first)})`
        : '';
    return `This file was not written for this book: ${format}${held}, expected "${values.expected}".`;
  },
  config: (reason) => say(config, reason),
  tensors: (reason) => say(tensors, reason),
};

function advice({ code, values }: CheckpointReason): string {
  if (code === 'tensors' && values.code === 'notFinite')
    return 'Load an earlier checkpoint of that run: its training had diverged when this one was saved.';
  if (code === 'malformed' && values.code === 'damaged')
    return 'Get the file again from where it came from, or take an earlier copy of that run.';
  return 'Choose a .safetensors file that this lab has saved or exported.';
}

export const checkpoint = {
  happened: (reason: CheckpointReason) => say(happened, reason),
  kept: 'The current weights are unchanged.',
  todo: advice,
};

/** What happened, what was kept, what to do. */
export const sayCheckpoint = (reason: CheckpointReason): string =>
  `${checkpoint.happened(reason)} ${checkpoint.kept} ${advice(reason)}`;
