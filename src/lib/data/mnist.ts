/**
 * MNIST and Fashion-MNIST: 28 × 28 grey images in ten classes, 60,000 to train on and 10,000 to test.
 *
 * The site's own copy comes first (`npm run data` puts it there), then pinned public copies that allow cross-origin
 * reads; wherever the bytes come from, their SHA-256 decides. Sums and addresses: `sources.json`.
 */
import { classNames } from './classNames.ts';
import { DataError } from './dataError.ts';
import type { Dataset } from './dataset.ts';
import {
  type FetchProgress,
  type FetchVerifiedOptions,
  fetchVerified,
  gunzip,
} from './fetchVerified.ts';
import { type Idx, parseIdx } from './idx.ts';
import sources from './sources.json' with { type: 'json' };

export const SPLITS = ['train', 'test'] as const;
export type Split = (typeof SPLITS)[number];

export interface MnistOptions extends Omit<FetchVerifiedOptions, 'onProgress'> {
  split?: Split;
  /** Base path or address of the site, e.g. '/' or '/from-noise/'; its own copy lies under `data/`. Default '/'. */
  baseUrl?: string;
  /** At most this many images, from the start of the file (the classes are mixed). Default: all. */
  limit?: number;
  onProgress?: (progress: FetchProgress) => void;
}

export const loadMnist = (options: MnistOptions = {}): Promise<Dataset> => load('mnist', options);
export const loadFashion = (options: MnistOptions = {}): Promise<Dataset> =>
  load('fashion', options);

async function load(name: 'mnist' | 'fashion', options: MnistOptions): Promise<Dataset> {
  const {
    split = 'train',
    baseUrl = '/',
    limit = Number.POSITIVE_INFINITY,
    onProgress,
    ...rest
  } = options;
  const { folder, title, mirrors, files } = sources[name];
  const parts = [
    split === 'train' ? files.trainImages : files.testImages,
    split === 'train' ? files.trainLabels : files.testLabels,
  ];
  const total = parts.reduce((sum, file) => sum + file.bytes, 0);
  let before = 0;
  const unpacked: Idx[] = [];
  for (const file of parts) {
    const own = `${baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`}data/${folder}/${file.name}`;
    const { bytes } = await fetchVerified(
      // The site's own copy may have been unpacked by whoever put it there: its content is as good.
      [own, own.replace(/\.gz$/, ''), ...mirrors.map((mirror) => mirror + file.name)],
      file,
      {
        ...rest,
        // One bar for both files, in packed bytes, whatever the host sent.
        onProgress: ({ loaded, total: length }) =>
          onProgress?.({
            loaded: before + (file.bytes * loaded) / length,
            total,
            label: `${title}, ${split} images`,
          }),
      },
    );
    before += file.bytes;
    unpacked.push(parseIdx(await gunzip(bytes)));
  }
  return toDataset(name, unpacked[0], unpacked[1], limit, classNames(name));
}

/** Bytes 0 … 255 to [-1, 1]. */
export function toDataset(
  name: 'mnist' | 'fashion',
  images: Idx,
  labels: Idx,
  limit: number,
  names: readonly string[],
): Dataset {
  const [available, height, width] = images.shape;
  if (images.shape.length !== 3 || labels.shape.length !== 1 || labels.shape[0] !== available) {
    throw new DataError({
      code: 'malformed',
      happened: `Images of shape [${images.shape}] do not go with labels of shape [${labels.shape}].`,
    });
  }
  const count = Math.min(limit, available);
  const size = height * width;
  const values = new Float32Array(count * size);
  for (let i = 0; i < values.length; i++) values[i] = images.data[i] / 127.5 - 1;
  return {
    name,
    images: values,
    labels: labels.data.slice(0, count),
    count,
    height,
    width,
    channels: 1,
    classes: names.length,
    classNames: names,
  };
}
