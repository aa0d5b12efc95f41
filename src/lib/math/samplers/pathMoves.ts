/**
 * Samplers of a network that was trained on a path of its own: programs over real times of the path, falling from its start
 * to 0. They solve the path's probability-flow ODE, so no fresh noise is added on the way.
 */
import { shown } from '../numerics/oneOf.ts';
import type { Path } from '../process/path.ts';
import { dpmSolverMoves } from './dpmSolver.ts';
import { heunStep, timePoint } from './heun.ts';
import { type Move, strides } from './program.ts';
import type { SamplerChoice, SamplerName } from './record.ts';

/** Every time of the path with its slope, in the path's own clock. */
const points = (path: Path, times: readonly number[]) => times.map((t) => timePoint(t, path.at(t)));

// #region pathMoves
/**
 * DDIM's step, x_s = signal_s·x̂_0 + noise_s·ε̂, is Euler's step of dx/dt = signal' x̂_0 + noise' ε̂ wherever signal and noise are
 * straight lines in t, as on the straight path: one method with two names.
 */
const PROGRAMS = {
  ddim: (path: Path, times: readonly number[]): Move[] =>
    strides(points(path, times)).flatMap(([from, to]) => heunStep(from, to, false)),
  heun: (path: Path, times: readonly number[]): Move[] =>
    strides(points(path, times)).flatMap(([from, to]) => heunStep(from, to)),
  dpmSolver: (path: Path, times: readonly number[]): Move[] =>
    dpmSolverMoves(times.map((t) => ({ t, ...path.at(t) }))),
} as const satisfies Partial<Record<SamplerName, unknown>>;
// #endregion

export type PathSampler = keyof typeof PROGRAMS;
export const PATH_SAMPLERS = Object.keys(PROGRAMS) as PathSampler[];

/** @throws RangeError for a sampler that adds noise: a path's ODE has none. */
export function pathMoves(
  path: Path,
  times: readonly number[],
  { sampler, eta = 0 }: SamplerChoice,
): Move[] {
  const program = (PROGRAMS as Partial<Record<SamplerName, (typeof PROGRAMS)[PathSampler]>>)[
    sampler
  ];
  if (!program || eta !== 0) {
    const found = program ? `${sampler} with η = ${shown(eta)}` : shown(sampler);
    throw new RangeError(
      `Sampler on the path ${path.name}: expected one without fresh noise (${PATH_SAMPLERS.join(', ')}); found ${found}. Choose one of these.`,
    );
  }
  return program(path, times);
}
