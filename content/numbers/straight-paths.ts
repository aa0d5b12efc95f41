/** What the chapter on straight paths says in numbers, once for every language. The shape is the two moons. */
import { BELL, planeShape, shapeDraws } from '../../src/lib/data/planeShapes.ts';
import { blurredDenoiser } from '../../src/lib/math/exact/blurred.ts';
import { coupledFlow } from '../../src/lib/math/exact/coupling.ts';
import { reflowPairs } from '../../src/lib/math/exact/reflow.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { conversion } from '../../src/lib/math/process/parameterization.ts';
import { matchingTime } from '../../src/lib/math/process/process.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';
import { straight } from '../../src/lib/math/process/straight.ts';
import { trigonometric } from '../../src/lib/math/process/trigonometric.ts';
import { flowPaths } from '../../src/lib/math/samplers/flowPaths.ts';
import { shiftedGrid } from '../../src/lib/math/samplers/grids.ts';
import { backPaths } from '../../src/lib/math/samplers/particles.ts';
import type { Denoiser } from '../../src/lib/math/samplers/sample.ts';
import { straightness } from '../../src/lib/math/samplers/straightness.ts';
import { shareNear } from '../../src/lib/plots/plane/near.ts';

export const path = straight();
export const circle = trigonometric();
const schedule = makeSchedule('cosine', 200);
const { centres } = planeShape('moons');
const bells = {
  centres: Array.from({ length: centres.length / 2 }, (_, i) => centres.subarray(2 * i, 2 * i + 2)),
  deviation: BELL,
};
const velocity = blurredDenoiser({ path, ...bells }).predict('flowVelocity');
const { epsilon } = blurredDenoiser({ schedule, ...bells });
export const second = coupledFlow(reflowPairs({ velocity }));

/** Particles that are counted, the first of the widgets' own; the bend is measured on as many as there. */
export const PARTICLES = 500;
const MEASURED = 300;
const streams = createRng(1).fork('sample');
const start = Float64Array.from(
  Array.from({ length: PARTICLES }, (_, i) => {
    const own = streams.fork(i);
    return [own.normal(), own.normal()];
  }).flat(),
);
const rng = createRng('straight paths');
const along = (
  field: Denoiser,
  steps: number,
  sampler: 'ddim' | 'heun',
  { on = path, count = PARTICLES } = {},
) =>
  flowPaths({
    ...{ path: on, velocity: field, start: start.subarray(0, 2 * count), dimension: 2 },
    ...{ times: shiftedGrid(steps), sampler },
  });
const chain = (steps: number) =>
  backPaths({
    ...{ schedule, xT: start, epsilon, dimension: 2, steps, rng },
    ...{ sampler: 'ddim', eta: 0 },
  });

/** How far ways are from straight lines at an even speed. */
export const bend = {
  straight: straightness(along(velocity, 60, 'heun', { count: MEASURED }), 2),
  circle: straightness(
    along(blurredDenoiser({ path: circle, ...bells }).predict('flowVelocity'), 60, 'heun', {
      on: circle,
      count: MEASURED,
    }),
    2,
  ),
  reflow: straightness(along(second.velocity, 16, 'heun', { count: 100 }), 2),
  /** Of two numbers that are N(0, 1) themselves. */
  gaussian: 2 * (2 - Math.PI / 2),
};

const near = ({ frames }: { frames: Float32Array }) =>
  shareNear(frames.subarray(-2 * PARTICLES), centres, 3 * BELL);
const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
/** The share of particles that end on the moons. */
export const shares = [1, 2, 4, 8, 16, 50].map((steps) => ({
  steps,
  straight: percent(near(along(velocity, steps, 'ddim'))),
  chain: percent(near(chain(steps))),
  reflow: percent(near(along(second.velocity, steps, 'ddim'))),
}));

/** The least loss of flow matching, summed over the two numbers: what lines through one place disagree by. */
const DRAWS = 500;
const { points } = shapeDraws(planeShape('moons'), DRAWS, 3);
let [before, after] = [0, 0];
for (let i = 0; i < DRAWS; i++) {
  const t = (i + 0.5) / DRAWS;
  const x0 = points.subarray(2 * i, 2 * i + 2);
  const noise = [rng.normal(), rng.normal()];
  const xt = Float64Array.from(noise, (e, k) => (1 - t) * x0[k] + t * e);
  const v = velocity(xt, t);
  noise.forEach((e, k) => {
    before += (e - x0[k] - v[k]) ** 2 / DRAWS;
  });
  after += second.disagreement(xt, t) / DRAWS;
}
export const leastLoss = { before, after };

/** Half-way: standard deviations of x_t for data and noise of 1. */
export const middle = { straight: Math.SQRT1_2, circle: 1 };

/** Where the two lines of the first question cross: from +1 to −1 and from −1 to +1. */
export const crossing = { first: -2, second: 2 };

/** The same pair in the chain's v: x_0 = 1, ε = −1 at t = ½. */
const half = matchingTime(path, 0.5, circle);
const point = circle.at(half.t);
export const vHalf = -point.noise * 1 + point.signal * -1;
/** By how much an error of ε̂ grows on its way into the velocity. */
export const growth = (t: number) => conversion('epsilon', 'flowVelocity', t, path).prediction;
