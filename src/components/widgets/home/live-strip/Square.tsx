import { useEffect, useRef } from 'preact/hooks';
import { SIDE } from './drawing.ts';

/** One grey picture, values in [-1, 1]. The strip around it speaks for all ten. */
export function Square({ data }: { data: Float32Array }) {
  const ref = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = ref.current?.getContext('2d');
    if (!context) return;
    const image = context.createImageData(SIDE, SIDE);
    for (let i = 0; i < data.length; i++) {
      image.data.fill((data[i] + 1) * 127.5, 4 * i, 4 * i + 3);
      image.data[4 * i + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }, [data]);
  return <canvas ref={ref} class="pixels" width={SIDE} height={SIDE} />;
}
