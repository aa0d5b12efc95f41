/** The exact worker's answers about particles in the plane, as plain functions. */
import { blurredDenoiser } from '../../math/exact/blurred.ts';
import { coupledFlow } from '../../math/exact/coupling.ts';
import { reflowPairs } from '../../math/exact/reflow.ts';
import { bellLine } from '../../math/numerics/bellGrid.ts';
import { createRng } from '../../math/numerics/rng.ts';
import { straight } from '../../math/process/straight.ts';
import { flowPaths } from '../../math/samplers/flowPaths.ts';
import { shiftedGrid } from '../../math/samplers/grids.ts';
import { backPaths, forwardPaths, type Paths, woven } from '../../math/samplers/particles.ts';
import type { PathSampler } from '../../math/samplers/pathMoves.ts';
import type { Denoiser } from '../../math/samplers/sample.ts';
import { scheduleOf } from './compute.ts';
import type { BackRequest, MarginalRequest, ReflowRequest, WalkRequest } from './protocol.ts';

export function computeWalk(request: WalkRequest): Paths {
  if (request.way === 'forward') {
    const rng = createRng(request.seed).fork('forward');
    return forwardPaths(request.x0, scheduleOf(request.schedule), rng);
  }
  return request.way === 'back' && !request.straight
    ? walkBack(request)
    : walkStraight(request, request.way === 'reflow');
}

type Home = BackRequest | ReflowRequest;

/** Where particles start, and the stream of each: that from which a network draws (tensor/recipes/diffusion/sample.ts). */
function startOf({ from, seed }: Home) {
  const count = from instanceof Float32Array ? from.length / 2 : from.count;
  const root = createRng(seed).fork('sample');
  const rng = woven(
    Array.from({ length: count }, (_, i) => root.fork(i)),
    2,
  );
  const xT =
    from instanceof Float32Array
      ? from
      : Float32Array.from({ length: 2 * count }, () => rng.normal());
  return { xT, rng };
}

const bellsOf = ({ centres, deviation }: Home) => ({
  centres: Array.from({ length: centres.length / 2 }, (_, i) => centres.subarray(2 * i, 2 * i + 2)),
  deviation,
});

function walkBack(request: BackRequest): Paths {
  const { choice, steps } = request;
  const schedule = scheduleOf(request.schedule);
  const { epsilon } = blurredDenoiser({ schedule, ...bellsOf(request) });
  const { xT, rng } = startOf(request);
  return backPaths({ ...choice, schedule, xT, epsilon, dimension: 2, steps, rng });
}

const PATH = straight();

function walkStraight(request: Home, paired: boolean): Paths {
  const velocity = paired
    ? reflowVelocity(request)
    : blurredDenoiser({ path: PATH, ...bellsOf(request) }).predict('flowVelocity');
  return flowPaths({
    path: PATH,
    velocity,
    start: startOf(request).xT,
    dimension: 2,
    times: shiftedGrid(request.steps),
    sampler: request.choice.sampler as PathSampler,
  });
}

/** The pairs of the shape that was asked for last: they take a second or two, and a reader asks for many walks along them. */
let paired: { of: string; velocity: Denoiser } | undefined;

function reflowVelocity(request: Home): Denoiser {
  const of = `${request.deviation} ${request.centres.join()}`;
  if (paired?.of !== of) {
    const flow = blurredDenoiser({ path: PATH, ...bellsOf(request) }).predict('flowVelocity');
    paired = { of, velocity: coupledFlow(reflowPairs({ velocity: flow })).velocity };
  }
  return paired.velocity;
}

export function computeMarginal({ schedule, centres, deviation, places }: MarginalRequest) {
  const { T, alphaBar, noiseVariance } = scheduleOf(schedule);
  const out = new Float64Array((T + 1) * places.length);
  for (let t = 0; t <= T; t++) {
    const signal = Math.sqrt(alphaBar[t]);
    const variance = noiseVariance[t] + alphaBar[t] * deviation ** 2;
    out.set(
      bellLine(
        centres.map((c) => signal * c),
        variance,
        places,
      ),
      t * places.length,
    );
  }
  return out;
}
