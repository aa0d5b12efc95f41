import { useEffect, useMemo, useRef } from 'preact/hooks';
import { grainsFilm } from '../../../../lib/plots/from-noise/ink.ts';
import { Pixels } from '../../../controls/Pixels.tsx';

interface Props {
  /** The image as ink at time 0, and as it has spread. */
  image: ArrayLike<number>;
  spread: ArrayLike<number>;
  size: number;
  t: number;
  T: number;
  label: string;
}

/** Canvas pixels for one of the image. */
const ZOOM = 12;

/** The spreading ink with some of its grains over it: each walks by itself, and together they are as dense as the ink. */
export function Grains({ image, spread, size, t, T, label }: Props) {
  const ref = useRef<HTMLCanvasElement>(null);
  const film = useMemo(() => grainsFilm(image, size, T), [image, size, T]);
  const side = ZOOM * Math.max(size, 14);
  useEffect(() => {
    const context = ref.current?.getContext('2d');
    if (!context) return;
    context.clearRect(0, 0, side, side);
    const places = film[t];
    const scale = side / size;
    context.fillStyle = getComputedStyle(context.canvas).color;
    for (let g = 0; g < places.length; g += 2) {
      context.beginPath();
      context.arc(places[g] * scale, places[g + 1] * scale, 3, 0, 2 * Math.PI);
      context.fill();
    }
  }, [film, t, side]);
  return (
    <div class="grains">
      <Pixels data={spread} width={size} height={size} label={label} size="14rem" />
      <canvas ref={ref} width={side} height={side} />
    </div>
  );
}
