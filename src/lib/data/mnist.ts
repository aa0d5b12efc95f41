/**
 * MNIST and Fashion-MNIST: 28 × 28 grey images in ten classes, 60,000 to train on and 10,000 to test.
 *
 * The site's own copy comes first (`npm run data` puts it there), then pinned public copies that allow cross-origin
 * reads; wherever the bytes come from, their SHA-256 decides. Sums and addresses: `sources.json`.
 */
import { malformed } from './dataError.ts';
import { type Dataset, fromByte, type LoadOptions } from './dataset.ts';
import { fetchVerified, gunzip } from './fetchVerified.ts';
import { type Idx, parseIdx } from './idx.ts';
import { ownCopies } from './ownCopies.ts';
import sources from './sources.json' with { type: 'json' };

export type IdxName = keyof typeof sources;

/**
 * `count`: at most this many images, from the start of the file (the classes are mixed). Default: all. The site's own copy
 * lies under `data/`.
 */
export async function loadIdx(name: IdxName, options: LoadOptions = {}): Promise<Dataset> {
  const {
    split = 'train',
    baseUrl,
    count = Number.POSITIVE_INFINITY,
    onProgress,
    ...rest
  } = options;
  const { folder, title, mirrors, files, classNames } = sources[name];
  const parts = [
    split === 'train' ? files.trainImages : files.testImages,
    split === 'train' ? files.trainLabels : files.testLabels,
  ];
  const total = parts.reduce((sum, file) => sum + file.bytes, 0);
  let before = 0;
  const unpacked: Idx[] = [];
  for (const file of parts) {
    const { bytes } = await fetchVerified(
      [
        ...ownCopies(`data/${folder}/${file.name}`, baseUrl),
        ...mirrors.map((mirror) => mirror + file.name),
      ],
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
  return toDataset(name, unpacked[0], unpacked[1], count, classNames.length);
}

/** Bytes 0 … 255 to [-1, 1]. */
export function toDataset(
  name: IdxName,
  images: Idx,
  labels: Idx,
  limit: number,
  classes: number,
): Dataset {
  const [available, height, width] = images.shape;
  if (images.shape.length !== 3 || labels.shape.length !== 1 || labels.shape[0] !== available) {
    throw malformed({ code: 'labels', values: { images: images.shape, labels: labels.shape } });
  }
  const count = Math.min(limit, available);
  const size = height * width;
  const values = new Float32Array(count * size);
  for (let i = 0; i < values.length; i++) values[i] = fromByte(images.data[i]);
  return {
    name,
    images: values,
    labels: labels.data.slice(0, count),
    count,
    height,
    width,
    channels: 1,
    classes,
  };
}
