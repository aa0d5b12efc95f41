import type { PlotOptions } from '@observablehq/plot';
import type { ComponentChildren } from 'preact';
import { FRAME } from '../../../../lib/plots/any-step/schedules.ts';
import { Plot } from '../../../controls/Plot.tsx';

interface Props {
  title: string;
  options: () => PlotOptions;
  summary: string;
  /** Place of the cursor on the axis, 0 to 1. */
  at: number;
  onMove: (at: number) => void;
  children?: ComponentChildren;
}

/** A chart with a cursor laid over it: moving it redraws nothing. */
export function CursorPlot({ title, options, summary, at, onMove, children }: Props) {
  const follow = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    const box = event.currentTarget.getBoundingClientRect();
    // The frame is in pixels at the usual size of text.
    const zoom = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
    const inner = box.width - (FRAME.left + FRAME.right) * zoom;
    onMove(Math.max(0, Math.min(1, (event.clientX - box.left - FRAME.left * zoom) / inner)));
  };
  return (
    <div>
      <p class="plot-title">{title}</p>
      <div
        class="cursor-plot"
        style={{
          '--at': String(at),
          '--left': `${FRAME.left / 16}rem`,
          '--right': `${FRAME.right / 16}rem`,
          '--top': `${FRAME.top / 16}rem`,
          '--bottom': `${FRAME.bottom / 16}rem`,
        }}
        onPointerDown={follow}
        onPointerMove={(event) => {
          if (event.pointerType === 'mouse' || event.buttons & 1) follow(event);
        }}
      >
        <Plot options={options} summary={summary} height={FRAME.height} />
        <i class="cursor" />
        {children}
      </div>
    </div>
  );
}
