/**
 * Reflow (Liu et al. 2209.03003, section 2.2): each noise is paired with its own end under the flow, in place of any data point
 * at all. Here in the plane, with noise on a grid: pairs of weights N(z; 0, (1 − h²) I), whose bells of deviation h add up to
 * N(0, I) to about one part in 3,000 where the grid's spacing is 1.5 h.
 */
import { straight } from '../process/straight.ts';
import { flowPaths } from '../samplers/flowPaths.ts';
import { shiftedGrid } from '../samplers/grids.ts';
import type { Denoiser } from '../samplers/sample.ts';
import type { Coupling } from './coupling.ts';

export interface ReflowOptions {
  /** v(x, t) of the flow that pairs them, on the straight path, in the plane. */
  readonly velocity: Denoiser;
  /** h; about as wide as the bells of the book's shapes, so that a picture shows the same law. */
  readonly deviation?: number;
  /** Steps of Heun's for each way. */
  readonly steps?: number;
  /** Radius in which noise is laid out: of N(0, I) one place in 650 is farther out. */
  readonly reach?: number;
}

const SPACING = 1.5;

/** Places of the grid within `reach` of the middle, x and y in turn. */
function gridWithin(reach: number, spacing: number): Float64Array {
  const side = Math.floor(reach / spacing);
  const places: number[] = [];
  for (let i = -side; i <= side; i++)
    for (let j = -side; j <= side; j++) {
      const [x, y] = [i * spacing, j * spacing];
      if (Math.hypot(x, y) <= reach) places.push(x, y);
    }
  return Float64Array.from(places);
}

export function reflowPairs({
  velocity,
  deviation = 0.06,
  steps = 16,
  reach = 3.6,
}: ReflowOptions): Coupling {
  const noise = gridWithin(reach, SPACING * deviation);
  const flow = { path: straight(), velocity, start: noise, dimension: 2 };
  const { frames } = flowPaths({ ...flow, times: shiftedGrid(steps), sampler: 'heun' });
  const variance = 1 - deviation * deviation;
  const weights = Float64Array.from({ length: noise.length / 2 }, (_, i) =>
    Math.exp(-(noise[2 * i] ** 2 + noise[2 * i + 1] ** 2) / (2 * variance)),
  );
  return { x0: frames.slice(-noise.length), noise, weights, deviation, dimension: 2 };
}
