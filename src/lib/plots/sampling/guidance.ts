/** Guidance on a line, where the law that it samples can be had without drawing any: two bells, and four points. */

import type { ExactDenoiser } from '../../math/exact/finite.ts';
import { finiteDenoiser } from '../../math/exact/finite.ts';
import { guidedDenoiser, weightsOfClass } from '../../math/exact/guidance.ts';
import { endMoments, lineEnds, pointShares } from '../../math/exact/lineEnds.ts';
import { mixtureDenoiser } from '../../math/exact/mixture.ts';
import { tiltedLaw } from '../../math/exact/tiltedLaw.ts';
import type { Point } from '../../math/numerics/curves.ts';
import type { Mixture1D } from '../../math/numerics/gaussian.ts';
import { straight } from '../../math/process/straight.ts';

/** A bell for each class; the one on the right is wanted. */
export const BELLS: Mixture1D = { weights: [0.5, 0.5], means: [-1, 1], variances: [0.25, 0.25] };
/** Two points for each class: an outer one, and one that is nearly of the other class. */
export const POINTS = [-1, -0.2, 0.2, 1] as const;
const SIDES = [0, 0, 1, 1];
const WANTED = 1;

/** All paths lead from one noise to one picture; on this one the start is noise alone. */
const PATH = straight();
/** More than a plot can show. */
const TOLERANCE = { absolute: 1e-5, relative: 1e-5 };
/** Near enough to the data to tell the points apart: noise of a hundredth. */
const NEAR = 0.01;

const flowOf = (free: ExactDenoiser, asked: ExactDenoiser, g: number) => ({
  denoiser: guidedDenoiser(free, asked, g),
  path: PATH,
  ...TOLERANCE,
});

export interface Spot {
  mean: number;
  deviation: number;
}
export interface BellEnds {
  /** The density of the ends, from left to right. */
  curve: Point[];
  ends: Spot;
  /** Of p(x)·p(c|x)^g. */
  tilted: Spot;
}

const spot = ({ mean, variance }: { mean: number; variance: number }): Spot => ({
  mean,
  deviation: Math.sqrt(variance),
});

export const tiltedBells = (g: number) => tiltedLaw(BELLS, [0, 1], WANTED, g);

export function bellEnds(g: number): BellEnds {
  const components = Array.from(BELLS.means, (mean, k) => ({
    ...{ weight: BELLS.weights[k], mean: [mean], covariance: BELLS.variances[k] },
  }));
  const [free, asked] = [components, [components[WANTED]]].map((some) =>
    mixtureDenoiser({ components: some, path: PATH }),
  );
  const ends = lineEnds(flowOf(free, asked, g), 0, 129);
  return {
    curve: ends.map(({ x, density }) => ({ x, y: density })),
    ends: spot(endMoments(ends)),
    tilted: spot(tiltedBells(g)),
  };
}

export interface PointEnds {
  /** Shares of the four points: of the ends, and by p(x)·p(c|x)^g. */
  ends: number[];
  tilted: number[];
}

export function pointEnds(g: number): PointEnds {
  const data = POINTS.map((x) => [x]);
  const { weights } = weightsOfClass(SIDES, WANTED);
  const free = finiteDenoiser({ data, path: PATH });
  const asked = finiteDenoiser({ data, weights, path: PATH });
  return {
    ends: [...pointShares(flowOf(free, asked, g), POINTS, NEAR)],
    // Of a point p(c|x) is 0 or 1, and so is any power of it above 0.
    tilted: g === 0 ? POINTS.map(() => 1 / POINTS.length) : [...weights],
  };
}
