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
  // A plot that is shown larger than it was drawn: its scales count in the units that it was drawn in.
  const zoom = box.width / drawn.viewBox.baseVal.width;
  const pointer = { x: (event.clientX - box.left) / zoom, y: (event.clientY - box.top) / zoom };
  return { pointer, value: Number(x.invert(pointer.x)), at: { x: x.apply, y: y.apply } };
}

/** A finger this far from where it came down is on its way, screen pixels. */
const SLACK = 6;

/**
 * Lets the pointer take hold of what a plot shows: a press anywhere takes the nearest handle, which then follows.
 * Sliders stay the way by keyboard and by voice, so nothing here is to be read aloud.
 */
export function DragPlot(props: { handles: readonly Handle[]; children: ComponentChildren }) {
  const press = useRef<{ handle: number; x: number; y: number; moving: boolean } | null>(null);
  const follow = (event: Press) => {
    const found = locate(event);
    const handle = press.current && props.handles[press.current.handle];
    if (found && handle) handle.onDrag(onRaster(found.value, handle));
  };
  const down = (event: Press) => {
    const found = event.isPrimary && event.button === 0 ? locate(event) : null;
    if (!found) return;
    // A finger may be about to scroll the page: it is followed once it moves across, or was only a tap.
    const moving = event.pointerType !== 'touch';
    const handle = nearestHandle(props.handles, found.pointer, found.at);
    press.current = { handle, x: event.clientX, y: event.clientY, moving };
    event.currentTarget.setPointerCapture(event.pointerId);
    event.currentTarget.dataset.held = '';
    if (moving) follow(event);
  };
  const travel = ({ clientX, clientY }: Press) => ({
    across: Math.abs(clientX - (press.current?.x ?? clientX)),
    along: Math.abs(clientY - (press.current?.y ?? clientY)),
  });
  const move = (event: Press) => {
    if (!press.current) return;
    const { across, along } = travel(event);
    press.current.moving ||= across > SLACK && across > along;
    if (press.current.moving) follow(event);
  };
  const release = (event: Press) => {
    press.current = null;
    delete event.currentTarget.dataset.held;
  };
  const up = (event: Press) => {
    const { across, along } = travel(event);
    if (press.current?.moving || Math.max(across, along) <= SLACK) follow(event);
    release(event);
  };
  return (
    <div
      class="drag-plot"
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={release}
    >
      {props.children}
    </div>
  );
}
