import { useEffect, useState } from 'preact/hooks';
import type { Dataset } from '../../lib/data/dataset.ts';
import { type DatasetName, datasetOf } from '../../lib/data/records.ts';
import { ImageGrid } from '../controls/Pixels.tsx';
import { Points } from './Frames.tsx';
import { PixelPad } from './PixelPad.tsx';

const PREVIEW = 32;

/** Only what is made on the spot or asked for: looking must not download anything unasked. */
async function preview(name: DatasetName, drawn: number[][]): Promise<Dataset | null> {
  const { source, load } = datasetOf(name);
  return source === 'download' ? null : load({ count: PREVIEW, seed: 1, drawn });
}

interface Props {
  dataset: DatasetName;
  drawn: number[][];
  onDrawn: (images: number[][]) => void;
}

export function DatasetPanel({ dataset, drawn, onDrawn }: Props) {
  const record = datasetOf(dataset);
  const [data, setData] = useState<Dataset | null>(null);
  const [fault, setFault] = useState('');
  useEffect(() => {
    let stale = false;
    setFault('');
    preview(dataset, drawn).then((result) => !stale && setData(result));
    return () => {
      stale = true;
    };
  }, [dataset, drawn]);
  const fetchSome = async () => {
    setFault('');
    try {
      const base = new URL(import.meta.env.BASE_URL ?? '/', location.href).href;
      setData(await record.load({ split: 'test', count: PREVIEW, baseUrl: base }));
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
  };
  const shown = data?.name === dataset ? data : null;
  const isPlane = record.shape[0] === 1;
  return (
    <div class="dataset">
      {dataset === 'drawn' && <PixelPad images={drawn} onChange={onDrawn} />}
      {isPlane && <Points label="700 points of the two moons" />}
      {shown && dataset !== 'drawn' && !isPlane && (
        <div
          style={{ maxWidth: shown.width === 2 ? `${2 * Math.min(8, shown.count)}rem` : undefined }}
        >
          <ImageGrid
            data={shown.images}
            width={shown.width}
            height={shown.height}
            across={8}
            label={`${shown.count} images of the data`}
          />
        </div>
      )}
      {record.source === 'download' && !shown && (
        <button type="button" class="button small" onClick={fetchSome}>
          Show {PREVIEW} of its images
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
