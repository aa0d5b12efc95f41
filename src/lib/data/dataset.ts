/** What a data set is: its pictures once they are loaded, and the record by which the book knows it before. */
import type { FetchProgress, FetchVerifiedOptions } from './fetchVerified.ts';

export interface Dataset {
  name: string;
  /** count × height × width × channels values (NHWC) in [-1, 1]: of grey pictures -1 is paper, 1 is ink; of colours 1 is light. */
  images: Float32Array<ArrayBuffer>;
  /** count values in 0 … classes − 1, or null when the data carry no labels. */
  labels: Uint8Array<ArrayBuffer> | null;
  count: number;
  height: number;
  width: number;
  channels: number;
  /** Number of distinct labels; 0 when `labels` is null. */
  classes: number;
  /** The noise that each picture is paired with, as `images`; left out: fresh noise by chance, each time. */
  noise?: Float32Array<ArrayBuffer>;
}

/** A byte of a picture, 0 … 255, in [-1, 1]. */
export const fromByte = (byte: number): number => byte / 127.5 - 1;

/** One row of numbers for each picture. */
export function rowsOf({ images, count }: Dataset): number[][] {
  const size = images.length / count;
  return Array.from({ length: count }, (_, i) => [...images.subarray(i * size, (i + 1) * size)]);
}

/** How data are paired with noise, where that is not by chance. */
export const PAIRINGS = ['flow'] as const;
export type Pairing = (typeof PAIRINGS)[number];

export const SPLITS = ['train', 'test'] as const;
export type Split = (typeof SPLITS)[number];

export interface LoadOptions extends Omit<FetchVerifiedOptions, 'onProgress'> {
  split?: Split;
  /** Base path or address of the site, e.g. '/' or '/from-noise/'. Default '/'. */
  baseUrl?: string;
  onProgress?: (progress: FetchProgress) => void;
  /** Seed of the data sets that are computed (digits, points). Default 0. */
  seed?: number;
  /** Pictures to compute, or to keep from the start of a file. Default: 20,000 digits, 4,096 points, all of a file. */
  count?: number;
  /** The reader's own: 2 × 2 images for 'drawn', centres of two numbers for 'points'. */
  drawn?: readonly (readonly number[])[];
  /** Of points about centres: each is the end of the exact flow from a noise, and paired with it (reflow). */
  pairing?: Pairing;
}

/** What a run on a data set starts with; the rest is the same for all (`tensor/recipes/diffusion/defaults.ts`). */
export interface RunDefaults {
  /** The network that suits it. UNets are fitted to the data's shape, with 8 groups. */
  network:
    | { kind: 'unet'; base: number; multipliers: readonly number[] }
    | { kind: 'mlp'; width: number; layers: number };
  /** Whether the network learns the labels too. Default: no. */
  conditional?: boolean;
  /** Scale of its guidance in films and samples. Default 1: none. */
  guidance?: number;
  prediction: 'epsilon' | 'x0' | 'v';
  /** Levels of the cosine schedule. */
  T: number;
  learningRate: number;
  batchSize: number;
  /** Steps until the full learning rate. Default 100. */
  warmup?: number;
  /** Where a run ends by itself. Default: it goes on. */
  steps?: number;
  /** Where the lab pauses it unless the reader says otherwise. Default: `steps`, or 3,000. */
  target?: number;
}

/** All that the book knows of a data set without loading it. Panels, links, defaults and checks derive from it. */
export interface DatasetRecord {
  title: string;
  /** One or two sentences: what it is, whose it is, what it costs to load. */
  note: string;
  /** Height, width, channels. */
  shape: readonly [height: number, width: number, channels: number];
  /** What the labels that a network may learn are called, in their order; empty where there are none. */
  classNames: readonly string[];
  /** Computed on the spot, a small file of this site, or megabytes to download: those wait until they are asked for. */
  source: 'computed' | 'site' | 'download';
  run: RunDefaults;
  /** Throws DataError where it cannot be had, RangeError where there is nothing to load, or the abort reason. */
  load(options: LoadOptions): Promise<Dataset>;
  /** What of it a reader may draw: rows of `size` numbers in [−limit, limit], `most` of them. */
  own?: { readonly most: number; readonly size: number; readonly limit: number };
  /** The whole distribution as a short list of pictures, each as likely: then exact answers are at hand. */
  exact?(drawn: LoadOptions['drawn']): Dataset;
}
