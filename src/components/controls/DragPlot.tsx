import './dragPlot.css';
import type { Plot } from '@observablehq/plot';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { type Handle, nearestHandle, onRaster } from './dragHandles.ts';

type Press = PointerEvent & { currentTarget: HTMLElement };

/** The pointer on the plot's screen and in its units. A plot is drawn anew while it is dragged: look it up each time. */
function locate(event: Press) {
  const drawn = event.currentTarget.querySelector<SVGSVGElement & Pick<Plot, 'scale'>>('.plot svg');
  const [x, y] = [drawn?.scale?.('x'), drawn?.scale?.('y')];
  if (!drawn || !x?.invert || !y) return null;
  const box = drawn.getBoundingClientRect();
  const pointer = { x: event.clientX - box.left, y: event.clientY - box.top };
  return { pointer, value: Number(x.invert(pointer.x)), at: { x: x.apply, y: y.apply } };
}

/**
 * Lets the pointer take hold of what a plot shows: a press anywhere takes the nearest handle, which then follows.
 * Sliders stay the way by keyboard and by voice, so nothing here is to be read aloud.
 */
export function DragPlot(props: { handles: readonly Handle[]; children: ComponentChildren }) {
  const held = useRef<number | null>(null);
  const follow = (event: Press) => {
    const found = locate(event);
    const handle = held.current === null ? undefined : props.handles[held.current];
    if (found && handle) handle.onDrag(onRaster(found.value, handle));
  };
  const down = (event: Press) => {
    const found = event.isPrimary && event.button === 0 ? locate(event) : null;
    if (!found) return;
    held.current = nearestHandle(props.handles, found.pointer, found.at);
    event.currentTarget.setPointerCapture(event.pointerId);
    event.currentTarget.dataset.held = '';
    // A finger may be about to scroll the page: it is followed once it moves across, or is lifted.
    if (event.pointerType !== 'touch') follow(event);
  };
  const release = (event: Press) => {
    held.current = null;
    delete event.currentTarget.dataset.held;
  };
  return (
    <div
      class="drag-plot"
      onPointerDown={down}
      onPointerMove={follow}
      onPointerUp={(event) => {
        follow(event);
        release(event);
      }}
      onPointerCancel={release}
    >
      {props.children}
    </div>
  );
}
