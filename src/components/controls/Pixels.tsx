import { useEffect, useRef } from 'preact/hooks';

interface Props {
  /** Values in [-1, 1] (clipped), row by row, channels last (1 or 3). */
  data: ArrayLike<number>;
  width: number;
  height: number;
  channels?: number;
  label: string;
  /** Value range that is drawn black to white. */
  range?: [number, number];
  /** On-screen size limit, e.g. "8rem". */
  size?: string;
}

/** One image on a canvas, every pixel sharp. */
export function Pixels({ data, width, height, channels = 1, label, range = [-1, 1], size }: Props) {
  const ref = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const canvas = ref.current;
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return;
    const image = context.createImageData(width, height);
    const scale = 255 / (range[1] - range[0]);
    for (let i = 0; i < width * height; i++) {
      for (let c = 0; c < 3; c++) {
        image.data[4 * i + c] = (data[channels * i + Math.min(c, channels - 1)] - range[0]) * scale;
      }
      image.data[4 * i + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  });
  return (
    <canvas
      ref={ref}
      class="pixels"
      width={width}
      height={height}
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
      style={size ? { maxWidth: size } : undefined}
    />
  );
}

interface GridProps {
  /** n images one after another, NHWC. */
  data: Float32Array;
  width: number;
  height: number;
  channels?: number;
  across?: number;
  label: string;
}

/** n images as one grid on one canvas: cheap to redraw while training. */
export function ImageGrid({ data, width, height, channels = 1, across = 8, label }: GridProps) {
  const size = width * height * channels;
  const count = Math.floor(data.length / size);
  const columns = Math.max(1, Math.min(across, count));
  const rows = Math.ceil(count / columns);
  const ref = useRef<HTMLCanvasElement>(null);
  // Around every picture, so that a white one is told from a white page.
  const [zoom, gap] = width > 8 ? [1, 1] : [8, 2];
  const [cellWidth, cellHeight] = [width * zoom + gap, height * zoom + gap];
  useEffect(() => {
    const context = ref.current?.getContext('2d');
    if (!context) return;
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    for (let n = 0; n < count; n++) {
      const image = context.createImageData(width * zoom, height * zoom);
      for (let y = 0; y < height * zoom; y++) {
        for (let x = 0; x < width * zoom; x++) {
          const pixel = n * size + (Math.floor(y / zoom) * width + Math.floor(x / zoom)) * channels;
          const at = 4 * (y * width * zoom + x);
          for (let c = 0; c < 3; c++)
            image.data[at + c] = (data[pixel + Math.min(c, channels - 1)] + 1) * 127.5;
          image.data[at + 3] = 255;
        }
      }
      context.putImageData(
        image,
        gap + (n % columns) * cellWidth,
        gap + Math.floor(n / columns) * cellHeight,
      );
    }
  });
  return (
    <canvas
      ref={ref}
      class="pixels"
      width={gap + columns * cellWidth}
      height={gap + rows * cellHeight}
      role="img"
      aria-label={label}
    />
  );
}
