/** The straight path of flow matching (2210.02747, 2209.03003), t = 0 data and t = 1 noise: dx_t/dt = ε − x_0 all along. */
import type { Path } from './path.ts';

export function straight(): Path {
  return {
    name: 'straight',
    range: [0, 1],
    start: 1,
    prior: 1,
    at: (t) => ({
      signal: 1 - t,
      noise: t,
      signalRate: -1,
      noiseRate: 1,
      varianceRate: 2 * t,
    }),
    // σ/(1 + σ), also for σ = ∞
    time: (sigma) => 1 / (1 + 1 / sigma),
  };
}
