import './canvas.css';
import { effect, type ReadonlySignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Square } from '../../lib/plots/plane/particles.ts';

interface Props {
  t: ReadonlySignal<number>;
  /** Draws what is seen at time t on an empty canvas. Another function, or another t, draws anew. */
  draw: (canvas: Square & { height: number }, t: number) => void;
  label: string;
  /** The reader's pointer pressed or moved there, in parts of the width and the height. */
  onPoint?: (x: number, y: number) => void;
}

/** More pixels than this for one of the page are not seen on dots that move. */
const SHARPEST = 2;

/** A canvas as sharp as the screen, drawn by the clock and never by Preact. */
export function Canvas({ t, draw, label, onPoint }: Props) {
  const ref = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const canvas = ref.current;
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return;
    const render = (time: number) => {
      const scale = Math.min(SHARPEST, devicePixelRatio || 1);
      const size = Math.round(canvas.clientWidth * scale);
      const height = Math.round(canvas.clientHeight * scale);
      if (size === 0 || height === 0) return;
      if (canvas.width !== size || canvas.height !== height) {
        canvas.width = size;
        canvas.height = height;
      } else context.clearRect(0, 0, size, height);
      // On a small picture smaller dots, so that it shows the same.
      const dot = scale * Math.min(1.9, Math.max(1, canvas.clientWidth / 210));
      draw({ context, size, height, dot }, time);
    };
    const stop = effect(() => render(t.value));
    const observer = new ResizeObserver(() => render(t.peek()));
    observer.observe(canvas);
    return () => {
      stop();
      observer.disconnect();
    };
  }, [t, draw]);
  const point = (event: PointerEvent & { currentTarget: HTMLCanvasElement }) => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    onPoint?.((event.clientX - left) / width, (event.clientY - top) / height);
  };
  return (
    <canvas
      ref={ref}
      class={onPoint ? 'canvas pointed' : 'canvas'}
      role="img"
      aria-label={label}
      {...(onPoint && {
        onPointerDown: (event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          point(event);
        },
        onPointerMove: (event) => {
          if (event.buttons & 1) point(event);
        },
      })}
    />
  );
}
