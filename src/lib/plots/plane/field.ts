/** What lies behind the particles: the density of x_t as heat, and the pull of its score as arrows. */
import type { ExactDenoiser } from '../../math/exact/finite.ts';
import { bellGrid } from '../../math/numerics/bellGrid.ts';
import { type Process, pointOf } from '../../math/process/process.ts';
import type { Square } from './particles.ts';
import { across, cells, down, REACH } from './view.ts';

/** A law in the plane: bells of one width about centres, x and y in turn. */
export interface Bells {
  centres: Float64Array;
  deviation: number;
}

/** How the bells look at time t: what they are multiplied by, and their variance then. */
export function seenAt({ deviation }: Bells, process: Process, t: number) {
  const { signal, noise } = pointOf(process, t, 0);
  return { signal, variance: noise ** 2 + (signal * deviation) ** 2 };
}

/** Cells of the heat along each side. */
export const HEAT = 72;

/** The density of x_t on HEAT × HEAT cells of the window, row by row from the top. */
export function densityAt(bells: Bells, process: Process, t: number): Float64Array {
  const { signal, variance } = seenAt(bells, process, t);
  const places = cells(HEAT);
  const centres = bells.centres.map((c) => signal * c);
  return bellGrid(centres, variance, places, places.slice().reverse());
}

/** Shades of one colour: nothing where there is no density, strongest where it is largest at this time. */
export function shades(
  density: ArrayLike<number>,
  [r, g, b]: readonly number[],
  strongest = 0.5,
): Uint8ClampedArray<ArrayBuffer> {
  let most = 0;
  for (let k = 0; k < density.length; k++) most = Math.max(most, density[k]);
  const out = new Uint8ClampedArray(4 * density.length);
  for (let k = 0; k < density.length; k++) {
    out[4 * k] = r;
    out[4 * k + 1] = g;
    out[4 * k + 2] = b;
    // The root lifts the thin parts, which a straight scale would lose.
    out[4 * k + 3] = 255 * strongest * Math.sqrt(density[k] / most);
  }
  return out;
}

/** Arrows along each side. */
export const ARROWS = 17;
const CELL = (2 * REACH) / ARROWS;
/** Standard deviations of pull at which an arrow fills its cell. */
const FULL = 2.5;

export interface PlaneArrow {
  x: number;
  y: number;
  dx: number;
  dy: number;
}

/**
 * The score ∇ log q(x_t) on a grid, times the standard deviation of the bells at that time, so that near the data, where scores
 * are huge, arrows still fit. Longer ones than a cell are cut to it.
 */
export function arrowsAt(
  denoiser: ExactDenoiser,
  bells: Bells,
  process: Process,
  t: number,
): PlaneArrow[] {
  const unit = Math.sqrt(seenAt(bells, process, t).variance);
  const places = cells(ARROWS);
  return Array.from(places).flatMap((y) =>
    Array.from(places, (x) => {
      const score = denoiser.score([x, y], t);
      const pull = unit * Math.hypot(score[0], score[1]);
      const length = (0.92 * CELL * Math.min(1, pull / FULL)) / Math.max(pull, 1e-12);
      return { x, y, dx: length * unit * score[0], dy: length * unit * score[1] };
    }),
  );
}

export function drawArrows(
  { context, size, dot }: Square,
  arrows: readonly PlaneArrow[],
  colour: string,
) {
  context.strokeStyle = colour;
  context.globalAlpha = 0.7;
  context.lineWidth = dot * 0.55;
  context.beginPath();
  for (const { x, y, dx, dy } of arrows) {
    const [fromX, fromY] = [across(x - dx / 2, size), down(y - dy / 2, size)];
    const [toX, toY] = [across(x + dx / 2, size), down(y + dy / 2, size)];
    const head = 0.3 * Math.hypot(toX - fromX, toY - fromY);
    const angle = Math.atan2(toY - fromY, toX - fromX);
    context.moveTo(fromX, fromY);
    context.lineTo(toX, toY);
    for (const turn of [2.6, -2.6]) {
      context.moveTo(toX, toY);
      context.lineTo(toX + head * Math.cos(angle + turn), toY + head * Math.sin(angle + turn));
    }
  }
  context.stroke();
  context.globalAlpha = 1;
}
