import type { ExactDenoiser } from '../../lib/math/denoisers/finite.ts';

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

/** From each grid point a quarter of the way towards where the denoiser, given as a function, believes x_0 to be. */
export async function arrows(
  x0: (x: number[]) => ArrayLike<number> | Promise<ArrayLike<number>>,
): Promise<Arrow[]> {
  const all: Arrow[] = [];
  for (const u of GRID) {
    for (const w of GRID) {
      const to = onPlane(await x0(pointOf(u, w)));
      all.push({ u, w, u2: u + (to.u - u) / 4, w2: w + (to.w - w) / 4 });
    }
  }
  return all;
}

export const exactArrows = (denoiser: ExactDenoiser, t: number) =>
  arrows((x) => denoiser.posteriorMean(x, t));
