/**
 * DPM-Solver++(2M) (Lu et al. 2211.01095, Algorithm 2): the probability-flow ODE in λ = log(signal/noise), solved exactly
 * but for x̂_0, which is drawn as a straight line through this estimate and the one before. Second order, for one evaluation a step.
 */
import type { PathPoint } from '../process/path.ts';
import { pathOf } from '../process/process.ts';
import { defineSampler, type Move } from './program.ts';

export interface Level extends Pick<PathPoint, 'signal' | 'noise'> {
  readonly t: number;
}

/** λ(to) − λ(from); ∞ where the data are reached. */
const rise = (from: Level, to: Level): number =>
  Math.log(to.signal / from.signal) + Math.log(from.noise / to.noise);

// #region dpmSolver
/**
 * x_s = (noise_s/noise_t) x_t + signal_s (1 − e^{−h}) D with h = λ_s − λ_t. Register 1 keeps x̂_0.
 * @param orders of each step: 1 takes D = x̂_0 (DDIM), 2 adds (x̂_0 − the one before)·h/(2·the h before). Left out: 2,
 * but for the first step, which has none before, and for one that reaches the data, where h = ∞.
 */
export function dpmSolverMoves(levels: readonly Level[], orders?: readonly number[]): Move[] {
  return levels.slice(1).map((to, i): Move => {
    const from = levels[i];
    const h = rise(from, to);
    const second = orders ? orders[i] === 2 : i > 0 && to.noise > 0;
    const before = second ? rise(levels[i - 1], from) : 0;
    // Deep in the noise two levels may be one number: no line goes through two estimates at one place.
    const ahead = before > 0 ? h / (2 * before) : 0;
    const pull = -to.signal * Math.expm1(-h);
    return {
      t: from.t,
      sets: [
        { registers: [to.noise / from.noise, -pull * ahead], x0: pull * (1 + ahead) },
        { x0: 1 },
      ],
      s: to.t,
    };
  });
}
// #endregion

export const dpmSolver = defineSampler({
  label: 'DPM-Solver++(2M)',
  about: 'Remembers the guess before, and goes on along the line through both.',
  parameters: {},
  evaluations: (steps) => steps,
  moves: (schedule, times) => dpmSolverMoves(times.map((t) => ({ t, ...pathOf(schedule).at(t) }))),
});
