/** What chapter 6 says of the law that guidance samples. */
import { finiteDenoiser } from '../../src/lib/math/exact/finite.ts';
import { guidedDenoiser, weightsOfClass } from '../../src/lib/math/exact/guidance.ts';
import { squaredDistance } from '../../src/lib/math/numerics/linalg.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';
import { sample } from '../../src/lib/math/samplers/sample.ts';
import { bellEnds, pointEnds } from '../../src/lib/plots/sampling/guidance.ts';

export const bells = { 2: bellEnds(2), 4: bellEnds(4), 8: bellEnds(8) };
export const points = { 2: pointEnds(2).ends, 4: pointEnds(4).ends };
/** How much farther from the class's own mean, 1, than the tilted law goes. */
export const farther = (bells[2].ends.mean - 1) / (bells[2].tilted.mean - 1);

/** All white, a diagonal and three white pixels: the first two are the class. */
const PICTURES = [
  [1, 1, 1, 1],
  [1, -1, -1, 1],
  [1, 1, 1, -1],
];
export const NOISES = 2000;
const { weights } = weightsOfClass([1, 1, 0], 1);
const schedule = makeSchedule('cosine', 1000);
const [free, asked] = [undefined, weights].map((some) =>
  finiteDenoiser({ data: PICTURES, weights: some, schedule }),
);

/** The shares of the pictures that guided DDIM ends nearest to, 50 steps from each of as many noises. */
function drawn(g: number): number[] {
  const rng = createRng(6).fork('guided');
  const denoiser = guidedDenoiser(free, asked, g).predict('x0');
  const counts = PICTURES.map(() => 0);
  for (let i = 0; i < NOISES; i++) {
    const xT = rng.fillNormal(new Float64Array(4));
    let x: ArrayLike<number> = xT;
    const walk = { schedule, denoiser, prediction: 'x0', xT, rng, steps: 50 } as const;
    for (const state of sample({ ...walk, sampler: 'ddim', eta: 0 })) x = state.x;
    const distances = PICTURES.map((picture) => squaredDistance(x, picture));
    counts[distances.indexOf(Math.min(...distances))]++;
  }
  return counts.map((count) => count / NOISES);
}
export const four = [0, 1, 1.5, 2, 3, 4, 6].map((g) => ({ g, shares: drawn(g) }));
export const shareAt = (g: number, k: number) => four.find((row) => row.g === g)!.shares[k];
