import { signal } from '@preact/signals';
import { useCallback, useEffect, useMemo, useRef } from 'preact/hooks';
import { points2d } from '../../lib/data/points2d.ts';
import { drawPoints, pathsOf } from '../../lib/plots/lab/points.ts';
import type { Square } from '../../lib/plots/plane/particles.ts';
import { Canvas } from '../controls/Canvas.tsx';
import { ImageGrid } from '../controls/Pixels.tsx';
import { useColours } from '../controls/useColours.ts';
import { type Moment, unpack } from './film.ts';

interface Props {
  moment: Moment;
  /** Which frame; past the end is the last. */
  frame: number;
  /** The predicted x_0 instead of x itself. */
  clean?: boolean;
  label: string;
  across?: number;
}

/** One frame of a moment: a grid of pictures, or a cloud of points over the data. */
export function Frame({ moment, frame, clean = false, label, across }: Props) {
  const list = clean ? moment.clean : moment.frames;
  const packed = list[Math.min(frame, list.length - 1)];
  const data = useMemo(() => unpack(packed), [packed]);
  if (moment.channels === 2) return <Points frames={list} frame={frame} label={label} />;
  const columns = across ?? (moment.count === 20 ? 10 : Math.ceil(Math.sqrt(moment.count)));
  return (
    <ImageGrid
      data={data}
      width={moment.width}
      height={moment.height}
      channels={moment.channels}
      across={columns}
      label={label}
    />
  );
}

const NOW = signal(0);

interface PointsProps {
  /** The way of the drawn points; left out, the data stand alone. */
  frames?: readonly ArrayLike<number>[];
  frame?: number;
  label: string;
}

/** Points in the plane before the data, with the trails of some. */
export function Points({ frames, frame = 0, label }: PointsProps) {
  const colours = useColours();
  const data = useMemo(() => pathsOf([points2d({ count: 700 }).images]), []);
  const paths = useMemo(() => frames && pathsOf(frames), [frames, frames?.length]);
  const draw = useCallback(
    (square: Square) => {
      if (!colours) return;
      const { exact, p, muted } = colours;
      const drawn = paths && { paths, frame: Math.min(frame, paths.times.length - 1) };
      drawPoints(square, data, { data: exact, drawn: p, rule: muted }, drawn);
    },
    [colours, data, paths, frame],
  );
  return <Canvas t={NOW} draw={draw} label={label} />;
}

/** A strip of last frames, oldest first; pressing one goes to that moment. Drawn once each: a canvas per moment. */
export function Thumb({
  moment,
  chosen,
  onChoose,
}: {
  moment: Moment;
  chosen: boolean;
  onChoose: () => void;
}) {
  const ref = useRef<HTMLCanvasElement>(null);
  const { width, height, channels } = moment;
  const zoom = width === 2 ? 7 : 1;
  // About as large for every data set.
  const side = channels === 2 ? 56 : Math.round(56 / (width * zoom + 1));
  useEffect(() => {
    const context = ref.current?.getContext('2d');
    const last = moment.frames.at(-1);
    if (!context || !last) return;
    if (channels === 2) dotsOf(context, last, side);
    else drawPictures(context, last, { width, height, channels }, side, zoom);
  }, [moment, channels, height, side, width, zoom]);
  const size = channels === 2 ? side : side * (width * zoom + 1);
  return (
    <button
      type="button"
      class="thumb"
      aria-pressed={chosen}
      aria-label={`After ${moment.step}`}
      onClick={onChoose}
    >
      <canvas ref={ref} width={size} height={size} class="pixels" style={{ color: 'var(--p)' }} />
      <span>{moment.step}</span>
    </button>
  );
}

function drawPictures(
  context: CanvasRenderingContext2D,
  values: Uint8Array | Float32Array,
  { width, height, channels }: Pick<Moment, 'width' | 'height' | 'channels'>,
  side: number,
  zoom: number,
) {
  for (let n = 0; n < side * side; n++) {
    const image = context.createImageData(width * zoom, height * zoom);
    for (let y = 0; y < height * zoom; y++) {
      for (let x = 0; x < width * zoom; x++) {
        const pixel = (n * height + Math.floor(y / zoom)) * width + Math.floor(x / zoom);
        const at = 4 * (y * width * zoom + x);
        for (let c = 0; c < 3; c++)
          image.data[at + c] = values[channels * pixel + Math.min(c, channels - 1)];
        image.data[at + 3] = 255;
      }
    }
    context.putImageData(
      image,
      (n % side) * (width * zoom + 1),
      Math.floor(n / side) * (height * zoom + 1),
    );
  }
}

function dotsOf(context: CanvasRenderingContext2D, xy: Uint8Array | Float32Array, side: number) {
  context.clearRect(0, 0, side, side);
  context.fillStyle = getComputedStyle(context.canvas).color;
  for (let i = 0; i + 1 < xy.length; i += 2)
    context.fillRect(((xy[i] + 1.6) / 3.2) * side, ((1.6 - xy[i + 1]) / 3.2) * side, 1, 1);
}
