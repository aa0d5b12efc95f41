/** The midpoint method, for the probability-flow ODE: half a step of Euler's, and the whole one along the slope that is found there. */
import type { OdePoint } from './heun.ts';
import { alongSlope } from './heun.ts';
import type { Move } from './program.ts';

// #region midpointStep
/** y' = y + h_½ k_1 with k_1 the slope at y; then y + h k_2 with k_2 the slope at y'. Second order; `to` may be the data. */
export function midpointStep(from: OdePoint, middle: OdePoint, to: OdePoint): Move[] {
  const half = middle.scale * (middle.clock - from.clock);
  const whole = to.scale * (to.clock - from.clock);
  const there = alongSlope(from.slope ?? {}, half, { x: middle.scale / from.scale });
  // Register 1 keeps y.
  const kept = { registers: [1 / from.scale] };
  return [
    { t: from.t, sets: [there, kept] },
    {
      t: middle.t,
      sets: [alongSlope(middle.slope ?? {}, whole, { kept: to.scale }), { registers: [0, 1] }],
      s: to.t,
    },
  ];
}
// #endregion
