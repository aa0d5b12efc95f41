/** One guess in four languages: the point (x_0, ε) on the line that x_t allows. */
import {
  conversion,
  PREDICTION_KINDS,
  type PredictionKind,
} from '../../math/process/parameterization.ts';
import type { Schedule } from '../../math/process/schedule.ts';

export type Guesses = Record<PredictionKind, number>;

/** All four from one of them. */
export function allGuesses(
  held: PredictionKind,
  value: number,
  xt: number,
  t: number,
  schedule: Schedule,
): Guesses {
  const entries = PREDICTION_KINDS.map((kind) => {
    const k = conversion(held, kind, t, schedule);
    return [kind, k.xt * xt + k.prediction * value];
  });
  return Object.fromEntries(entries) as Guesses;
}

/** How far off each is when x̂_0 is off by `error`. */
export function errors(error: number, t: number, schedule: Schedule): Guesses {
  const entries = PREDICTION_KINDS.map((kind) => [
    kind,
    Math.abs(conversion('x0', kind, t, schedule).prediction) * error,
  ]);
  return Object.fromEntries(entries) as Guesses;
}
