import type { ExactDenoiser } from '../../../../lib/math/exact/finite.ts';

/** A plane through the four-dimensional space of 2×2 images: x = u·a/2 + w·b/2, a the checkerboard, b all ones. */
const A = [0.5, -0.5, -0.5, 0.5];
const B = [0.5, 0.5, 0.5, 0.5];

export interface Arrow {
  u: number;
  w: number;
  u2: number;
  w2: number;
}

export const pointOf = (u: number, w: number) => A.map((a, k) => u * a + w * B[k]);
export const onPlane = (x: ArrayLike<number>) => ({
  u: A.reduce((sum, a, k) => sum + a * x[k], 0),
  w: B.reduce((sum, b, k) => sum + b * x[k], 0),
});

export const GRID = Array.from({ length: 9 }, (_, i) => -3.2 + 0.8 * i);

const points = GRID.flatMap((u) => GRID.map((w) => ({ u, w })));

/** From (u, w) a quarter of the way towards x_0. */
function arrow({ u, w }: { u: number; w: number }, x0: ArrayLike<number>): Arrow {
  const to = onPlane(x0);
  return { u, w, u2: u + (to.u - u) / 4, w2: w + (to.w - w) / 4 };
}

/** Where a network, asked point by point, believes x_0 to be. */
export async function arrows(x0: (x: number[]) => Promise<ArrayLike<number>>): Promise<Arrow[]> {
  const all: Arrow[] = [];
  for (const point of points) all.push(arrow(point, await x0(pointOf(point.u, point.w))));
  return all;
}

export const exactArrows = (denoiser: ExactDenoiser, t: number): Arrow[] =>
  points.map((point) => arrow(point, denoiser.posteriorMean(pointOf(point.u, point.w), t)));
