import { useEffect, useState } from 'preact/hooks';
import type { Dataset, DatasetName } from '../../lib/data/dataset.ts';
import { ImageGrid } from '../controls/Pixels.tsx';
import { Points } from './Frames.tsx';
import { PixelPad } from './PixelPad.tsx';

export const DATASET_LABELS: Record<DatasetName, string> = {
  all16: '2×2: all 16 binary images',
  two: '2×2: {a, −a}',
  bars: '2×2: bars and stripes',
  drawn: '2×2: drawn by you',
  points: 'Points in the plane',
  digits: 'Drawn digits, 28×28',
  mnist: 'MNIST digits, 28×28',
  fashion: 'Fashion-MNIST, 28×28',
};

const NOTES: Record<DatasetName, string> = {
  all16:
    'Four fair coins. Any picture of black and white is right: a network can score well here without learning any connection between pixels.',
  two: 'One fair coin, two pictures: each pixel tells all the others.',
  bars: 'Six pictures whose rows, or whose columns, are of one colour.',
  drawn:
    'Press a pixel: white, grey, black. Each picture is equally likely; draw one twice and it is twice as likely.',
  points: 'Two half moons, 4,096 points: the same mathematics with images of two numbers.',
  digits: '20,000 digits drawn from a seed by this page. No download.',
  mnist:
    '60,000 handwritten digits (LeCun, Cortes and Burges). The first run downloads about 10 MB, then they stay in this browser.',
  fashion:
    '60,000 pictures of clothes (Xiao, Rasul and Vollgraf). The first run downloads about 26 MB, then they stay in this browser.',
};

const PREVIEW = 32;

/** Only what is made on the spot or asked for: looking must not download anything unasked. */
async function preview(name: DatasetName, drawn: number[][]): Promise<Dataset | null> {
  const data = await import('../../lib/data/index.ts');
  if (name === 'mnist' || name === 'fashion' || name === 'points') return null;
  return data.loadDataset(name, { count: PREVIEW, seed: 1, drawn });
}

interface Props {
  dataset: DatasetName;
  drawn: number[][];
  onDrawn: (images: number[][]) => void;
}

export function DatasetPanel({ dataset, drawn, onDrawn }: Props) {
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
      const { loadFashion, loadMnist } = await import('../../lib/data/index.ts');
      const load = dataset === 'mnist' ? loadMnist : loadFashion;
      const base = new URL(import.meta.env.BASE_URL ?? '/', location.href).href;
      setData(await load({ split: 'test', limit: PREVIEW, baseUrl: base }));
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
  };
  const shown = data?.name === dataset ? data : null;
  const remote = dataset === 'mnist' || dataset === 'fashion';
  return (
    <div class="dataset">
      {dataset === 'drawn' && <PixelPad images={drawn} onChange={onDrawn} />}
      {dataset === 'points' && <Points label="700 points of the two moons" />}
      {shown && dataset !== 'drawn' && dataset !== 'points' && (
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
      {remote && !shown && (
        <button type="button" class="button small" onClick={fetchSome}>
          Show {PREVIEW} of its images
        </button>
      )}
      {fault && (
        <p class="error" role="alert">
          {fault}
        </p>
      )}
      <p class="note">{NOTES[dataset]}</p>
    </div>
  );
}
