/**
 * Every data set of the book: one entry each, in the order of the menus. A large loader is fetched when it is called, so
 * that a page that only shows names carries none.
 */
import { isOneOf } from '../math/numerics/oneOf.ts';
import { coupledPoints } from './coupledPoints.ts';
import { type DatasetRecord, type LoadOptions, type RunDefaults, rowsOf } from './dataset.ts';
import { EMOJI_CLASSES, loadEmoji } from './emoji.ts';
import { points2d } from './points2d.ts';
import sources from './sources.json' with { type: 'json' };
import { all16, bars, drawn, two } from './toy2x2.ts';

/** Generated test images are numbered from here on: no image of a training set is among them. */
const TEST_START = 1_000_000_000;

/**
 * 2 × 2 images have two levels, 2 × 2 and 1 × 1. About 5 ms a step on two cores: within 5 % of the exact loss floor after
 * 10 s, 1.5 % at the end (20 s).
 */
const TINY: RunDefaults = {
  network: { kind: 'unet', base: 16, multipliers: [1, 2] },
  prediction: 'v',
  T: 100,
  learningRate: 4e-3,
  warmup: 50,
  batchSize: 128,
  steps: 4000,
};

const DIGITS: RunDefaults = {
  network: { kind: 'unet', base: 16, multipliers: [1, 2, 2] },
  prediction: 'v',
  T: 1000,
  learningRate: 2e-3,
  batchSize: 16,
};

/** The same for both splits: it is the whole distribution. */
const toy = (
  title: string,
  note: string,
  exact: NonNullable<DatasetRecord['exact']>,
): DatasetRecord => ({
  title,
  note,
  shape: [2, 2, 1],
  classNames: [],
  source: 'computed',
  run: TINY,
  exact,
  load: async (options) => exact(options.drawn),
});

const idx = (
  name: keyof typeof sources,
  text: Pick<DatasetRecord, 'title' | 'note' | 'run'>,
): DatasetRecord => ({
  ...text,
  shape: [28, 28, 1],
  classNames: sources[name].classNames,
  source: 'download',
  load: async (options) => (await import('./mnist.ts')).loadIdx(name, options),
});

export const DATASETS = {
  all16: toy(
    '2×2: all 16 binary images',
    'Four fair coins. Any picture of black and white is right: a network can score well here without learning any connection between pixels.',
    all16,
  ),
  two: toy('2×2: {a, −a}', 'One fair coin, two pictures: each pixel tells all the others.', two),
  bars: toy(
    '2×2: bars and stripes',
    'Six pictures whose rows, or whose columns, are of one colour.',
    bars,
  ),
  drawn: {
    ...toy(
      '2×2: drawn by you',
      'Press a pixel: white, grey, black. Each picture is equally likely; draw one twice and it is twice as likely.',
      (images = []) => drawn(images),
    ),
    own: { most: 16, size: 4, limit: 1 },
  },
  points: {
    title: 'Points in the plane',
    note: 'Two half moons, 4,096 points: the same mathematics with images of two numbers.',
    shape: [1, 1, 2],
    classNames: [],
    source: 'computed',
    own: { most: 256, size: 2, limit: 4 },
    run: {
      network: { kind: 'mlp', width: 64, layers: 3 },
      prediction: 'epsilon',
      T: 200,
      learningRate: 2e-3,
      batchSize: 256,
    },
    load: async ({ seed = 0, count, split, drawn, pairing }) => {
      const options = { seed: split === 'test' ? seed + TEST_START : seed, count };
      return pairing && drawn
        ? coupledPoints({ ...options, centres: drawn })
        : points2d({ ...options, centres: drawn });
    },
  },
  digits: {
    title: 'Drawn digits, 28×28',
    note: '20,000 digits drawn from a seed by this page. No download.',
    shape: [28, 28, 1],
    classNames: [...'0123456789'],
    source: 'computed',
    run: DIGITS,
    load: async ({ seed = 0, count = 20_000, split }) =>
      (await import('./digits.ts')).drawnDigits({
        count,
        seed,
        start: split === 'test' ? TEST_START : 0,
      }),
  },
  mnist: idx('mnist', {
    title: 'MNIST digits, 28×28',
    note: '60,000 handwritten digits (LeCun, Cortes and Burges). The first run downloads about 10 MB, then they stay in this browser.',
    // On MNIST x_0 learns readable digits sooner than v: at equal operations the Fréchet distance is a quarter less, seed by
    // seed (bench/results/learning/ablation.json). Not measured on the other images.
    run: { ...DIGITS, prediction: 'x0', target: 4000 },
  }),
  fashion: idx('fashion', {
    title: 'Fashion-MNIST, 28×28',
    note: '60,000 pictures of clothes (Xiao, Rasul and Vollgraf). The first run downloads about 26 MB, then they stay in this browser.',
    run: { ...DIGITS, target: 4000 },
  }),
  emoji: {
    title: 'Emoji, 16×16 in colour',
    note: 'Faces, animals, food, places and objects, mirrored at random: 842 pictures to train on, 93 kept aside (Fluent Emoji by Microsoft, MIT licence). They come with this site, 240 kB.',
    shape: [16, 16, 3],
    classNames: EMOJI_CLASSES,
    source: 'site',
    // Seed 1 on wasm: faces from about 1,400 steps, with eyes and a mouth at 3,000 (275 s on two busy cores); the other classes
    // are by then clean shapes of the right colours.
    run: {
      network: { kind: 'unet', base: 24, multipliers: [1, 2, 2] },
      conditional: true,
      guidance: 2,
      prediction: 'x0',
      T: 1000,
      learningRate: 2e-3,
      batchSize: 16,
    },
    load: loadEmoji,
  },
} satisfies Record<string, DatasetRecord>;

export type DatasetName = keyof typeof DATASETS;
export const DATASET_NAMES = Object.keys(DATASETS) as DatasetName[];

export const isDatasetName = (value: unknown): value is DatasetName =>
  isOneOf(value, DATASET_NAMES);

/** The record as every record is: with all that it may have. */
export const datasetOf = (name: DatasetName): DatasetRecord => DATASETS[name];

/** The pictures of an exact data set, one row each; null where the distribution is no short list. */
export function exactRows(name: DatasetName, drawn?: LoadOptions['drawn']): number[][] | null {
  const whole = datasetOf(name).exact?.(drawn);
  return whole ? rowsOf(whole) : null;
}
