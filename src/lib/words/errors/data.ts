/** What readers are told of data that cannot be had. English. */
import type {
  AttemptValues,
  DataReason,
  DataValues,
  MalformedValues,
} from '../../data/dataError.ts';
import { type Sentences, say } from '../../data/reason.ts';

const attempts: Sentences<AttemptValues> = {
  failed: ({ message }) => message,
  status: ({ status }) => `the server answered ${status}`,
  silence: ({ seconds }) => `no byte came for ${seconds} s`,
  tooLong: ({ expected }) => `more than the expected ${expected} bytes came`,
  length: ({ found, expected }) => `${found} bytes came, ${expected} were expected`,
  content: ({ found, expected }) =>
    `the content differs from the published file (SHA-256 ${found.slice(0, 12)}… instead of ${expected.slice(0, 12)}…)`,
};

function host(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return 'this site';
  }
}

const tried = ({ attempts: all }: DataValues['unreachable']): string =>
  all.map(({ url, reason }) => `${host(url)}: ${say(attempts, reason)}`).join('; ');

const idx = (found: string) => `This is not a complete IDX file: ${found}.`;

const malformed: Sentences<MalformedValues> = {
  header: ({ expected, found }) => idx(`expected a header of ${expected} bytes, found ${found}`),
  start: ({ found }) => idx(`it should begin with two zero bytes, but begins with ${found}`),
  type: ({ found }) => idx(`expected values of type 0x08 (unsigned byte), found 0x${found}`),
  rank: ({ found }) => idx(`expected 1 to 4 dimensions, found ${found}`),
  length: ({ shape, expected, found }) =>
    idx(
      `the header promises ${shape.join(' × ')} values (${expected} bytes in all), but there are ${found} bytes`,
    ),
  gzip: () => 'The data file is not complete: unpacking it (gzip) broke off.',
  labels: ({ images, labels }) =>
    `Images of shape [${images}] do not go with labels of shape [${labels}].`,
  row: ({ file, expected, found }) =>
    `A row of ${file} should be ${expected} bytes, but has ${found}.`,
};

const happened: Sentences<DataValues> = {
  unreachable: (values) => `${values.file} could not be fetched (${tried(values)}).`,
  altered: (values) =>
    `${values.file} came, but not as published (${tried(values)}), so it was not used.`,
  malformed: (reason) => say(malformed, reason),
};

export const data = {
  happened: (reason: DataReason) => say(happened, reason),
  kept: 'Your run, its weights and all other data sets are untouched.',
  todo: 'Try again later, or train on the drawn digits, which need no download.',
  /** Instead of the last two, where a network was to be measured on them. */
  notMeasured: (dataset: string) =>
    `Nothing was measured, and no other data were put in the place of "${dataset}". Try again later, or measure a model whose data need no download.`,
};

/** What happened, what was kept, what to do. */
export const sayData = (reason: DataReason, words = data): string =>
  `${words.happened(reason)} ${words.kept} ${words.todo}`;
