import type { ReadonlySignal } from '@preact/signals';
import { useCallback } from 'preact/hooks';
import type { Paths } from '../../../lib/math/samplers/particles.ts';
import { drawArrows } from '../../../lib/plots/plane/field.ts';
import {
  type Dots,
  drawParticles,
  drawTrails,
  type Square,
} from '../../../lib/plots/plane/particles.ts';
import { fromCanvas } from '../../../lib/plots/plane/view.ts';
import { Canvas } from '../../controls/Canvas.tsx';
import type { Way } from './player.ts';
import type { Plane } from './usePlane.ts';

/** The colours of the two parts on each way: by where a particle has begun, or one for all. */
export const partColours = ({ colours, walks }: Plane): Dots['colours'] =>
  colours ? [colours.q, walks.parts.includes(1) ? colours.p : colours.q] : ['', ''];

interface Props {
  plane: Plane;
  label: string;
  /** Its particles; those of the plane when left out. */
  paths?: (way: Way) => Paths | null;
  colours?: Dots['colours'];
  /** A moment that does not move, in place of the clock's. */
  t?: ReadonlySignal<number>;
  way?: Way;
  /** What lies above all. */
  over?: (canvas: Square, t: number) => void;
  onPoint?: (x: number, y: number) => void;
}

/** The plane with its particles at the time of the clock, and what the reader wants to see behind them. */
export function Stage({ plane, label, paths, colours: own, t, way, over, onPoint }: Props) {
  const { state, player, walks, field, colours } = plane;
  const pair = own ?? partColours(plane);
  const shown = {
    heat: state.layers.heat.value,
    // Small pictures that stand still have no room for them.
    trails: state.layers.trails.value && !t,
    arrows: state.layers.arrows.value,
  };
  const draw = useCallback(
    (square: Square, time: number) => {
      if (!colours) return;
      const { context, size } = square;
      if (shown.heat) {
        context.imageSmoothingEnabled = true;
        context.drawImage(field.heat(time), 0, 0, size, size);
      }
      const on = way ?? player.way.value;
      const cloud = paths ? paths(on) : (walks[on] ?? (on === 'back' ? walks.forward : null));
      if (cloud) {
        const dots = { paths: cloud, t: time, parts: walks.parts, colours: pair };
        if (shown.trails) drawTrails(square, dots);
        drawParticles(square, dots);
      }
      if (shown.arrows) drawArrows(square, field.arrows(time), colours.ink);
      over?.(square, time);
    },
    [
      colours,
      walks.forward,
      walks.back,
      walks.parts,
      field,
      paths,
      over,
      way,
      ...pair,
      shown.heat,
      shown.trails,
      shown.arrows,
    ],
  );
  return (
    <Canvas
      t={t ?? player.t}
      draw={draw}
      label={label}
      onPoint={onPoint && ((x, y) => onPoint(...fromCanvas(x, y, 1)))}
    />
  );
}
