import { useEffect, useState } from 'preact/hooks';
import type { Dataset } from '../../lib/data/dataset.ts';
import { type DatasetName, datasetOf } from '../../lib/data/records.ts';
import { ImageGrid } from '../controls/Pixels.tsx';
import { Points } from '../trainer/Frames.tsx';
import { sayError } from '../trainer/sayError.ts';
import { PixelPad } from './PixelPad.tsx';
import type { LabWords } from './words.ts';

const PREVIEW = 32;

/** Some of a data set: computed from a seed of its own, or from what is kept for tests. */
const preview = (name: DatasetName, drawn: number[][]): Promise<Dataset> => {
  const { source, load } = datasetOf(name);
  const baseUrl = new URL(import.meta.env.BASE_URL ?? '/', location.href).href;
  const which = source === 'computed' ? { seed: 1, drawn } : { split: 'test' as const, baseUrl };
  return load({ count: PREVIEW, ...which });
};

interface Props {
  words: LabWords['settings']['data'];
  dataset: DatasetName;
  drawn: number[][];
  onDrawn: (images: number[][]) => void;
}

export function DatasetPanel({ words: say, dataset, drawn, onDrawn }: Props) {
  const record = datasetOf(dataset);
  const [data, setData] = useState<Dataset | null>(null);
  const [fault, setFault] = useState('');
  const fail = (error: unknown) => void sayError(error).then(setFault);
  useEffect(() => {
    let stale = false;
    setFault('');
    // Looking must not download anything large unasked; what the reader draws is shown by its own pad.
    if (record.source !== 'download' && dataset !== 'drawn')
      preview(dataset, drawn).then(
        (result) => !stale && setData(result),
        (error) => !stale && fail(error),
      );
    return () => {
      stale = true;
    };
  }, [dataset, drawn]);
  const fetchSome = () => {
    setFault('');
    preview(dataset, drawn).then(setData, fail);
  };
  const shown = data?.name === dataset ? data : null;
  const isPlane = record.shape[0] === 1;
  return (
    <div class="dataset">
      {dataset === 'drawn' && <PixelPad words={say.pad} images={drawn} onChange={onDrawn} />}
      {isPlane && <Points label={say.moons} />}
      {shown && !isPlane && (
        <div
          style={{ maxWidth: shown.width === 2 ? `${2 * Math.min(8, shown.count)}rem` : undefined }}
        >
          <ImageGrid
            data={shown.images}
            width={shown.width}
            height={shown.height}
            channels={shown.channels}
            across={8}
            label={say.images(shown.count)}
          />
        </div>
      )}
      {record.source === 'download' && !shown && (
        <button type="button" class="button small" onClick={fetchSome}>
          {say.show(PREVIEW)}
        </button>
      )}
      {fault && (
        <p class="error" role="alert">
          {fault}
        </p>
      )}
      <p class="note">{record.note}</p>
    </div>
  );
}
