import { useEffect, useRef, useState } from 'preact/hooks';
import { drawStrokes } from '../../lib/data/draw.ts';
import type { PickerWords } from './pickerWords.ts';
import { extended, GRID, type Stroke, snap } from './strokes.ts';

interface Props {
  strokes: Stroke[];
  onChange: (strokes: Stroke[]) => void;
  words: PickerWords;
}

const SIZE = 28;
const ARROWS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Draw with a finger, a mouse, or the arrow keys with Space to lower and lift the pen. */
export function DrawPad({ strokes, onChange, words: say }: Props) {
  const pad = useRef<HTMLDivElement>(null);
  const ref = useRef<HTMLCanvasElement>(null);
  const [pen, setPen] = useState<readonly [number, number]>([0.5, 0.5]);
  const [down, setDown] = useState(false);
  const [keyboard, setKeyboard] = useState(false);
  const used = strokes.reduce((sum, stroke) => sum + stroke.length, 0);

  useEffect(() => {
    const context = ref.current?.getContext('2d');
    if (!context) return;
    const values = drawStrokes(strokes, { centre: false });
    const image = context.createImageData(SIZE, SIZE);
    for (let i = 0; i < values.length; i++) {
      image.data.fill((values[i] + 1) * 127.5, 4 * i, 4 * i + 3);
      image.data[4 * i + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }, [strokes]);

  const add = (x: number, y: number, fresh: boolean) => {
    const last = fresh ? [] : (strokes.at(-1) ?? []);
    const grown = extended(last, x, y, used);
    if (grown !== last) onChange([...(fresh ? strokes : strokes.slice(0, -1)), grown]);
  };
  const place = (event: PointerEvent, fresh: boolean) => {
    const box = pad.current?.getBoundingClientRect();
    if (box)
      add((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height, fresh);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const arrow = ARROWS[event.key];
    if (arrow) {
      const next = snap(pen[0] + (2 * arrow[0]) / GRID, pen[1] + (2 * arrow[1]) / GRID);
      setPen(next);
      if (down) add(next[0], next[1], false);
    } else if (event.key === ' ') {
      if (!down) add(pen[0], pen[1], true);
      setDown(!down);
    } else if (event.key === 'Backspace' || event.key === 'Delete') onChange(strokes.slice(0, -1));
    else return;
    setKeyboard(true);
    event.preventDefault();
  };

  return (
    <div class="field">
      <div
        ref={pad}
        class="drawpad"
        role="application"
        tabIndex={0}
        aria-label={say.drawingPad}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setKeyboard(false);
          place(event, true);
        }}
        onPointerMove={(event) => {
          if (event.buttons & 1 && event.currentTarget.hasPointerCapture(event.pointerId))
            place(event, false);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => setDown(false)}
      >
        <canvas
          ref={ref}
          class="pixels"
          width={SIZE}
          height={SIZE}
          role="img"
          aria-label={say.yourDrawing}
        />
        {keyboard && (
          <span
            class={down ? 'pen down' : 'pen'}
            style={{ left: `${100 * pen[0]}%`, top: `${100 * pen[1]}%` }}
          />
        )}
        {strokes.length === 0 && !keyboard && <span class="hint">{say.drawHere}</span>}
      </div>
      <div class="row">
        <button
          type="button"
          class="button small"
          onClick={() => onChange(strokes.slice(0, -1))}
          disabled={strokes.length === 0}
        >
          {say.undo}
        </button>
        <button
          type="button"
          class="button small"
          onClick={() => onChange([])}
          disabled={strokes.length === 0}
        >
          {say.clear}
        </button>
        <span class="sr-only" role="status">
          {keyboard ? (down ? say.penDown : say.penUp) : ''}
        </span>
      </div>
    </div>
  );
}
