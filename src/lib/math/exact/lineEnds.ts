/**
 * The law of what a flow draws, on a line. There curves of an ODE cannot cross: the end rises with the start, and keeps its
 * rank. So starts spread over the prior, each with its end and the density there, are the whole law; nothing is drawn at random.
 */
import { bisect } from '../numerics/quadrature.ts';
import { normalCdf } from '../numerics/special.ts';
import { type OdePathOptions, odePath, odePathWithDivergence } from './flow.ts';
import { priorLogDensity } from './likelihood.ts';

/** Beyond so many standard deviations of the prior lies 1e-15 of it. */
const REACH = 8;

export interface LineEnd {
  readonly start: number;
  /** Where the curve from there ends. */
  readonly x: number;
  /** Of the law of the ends, at x. */
  readonly density: number;
  /** This start's share of all, as the weight of a node in the trapezoid rule. */
  readonly share: number;
}

// #region lineEnds
/** The ends at time `to` of n starts, evenly over all that has a probability. */
export function lineEnds(flow: OdePathOptions, to: number, n = 129): LineEnd[] {
  const { path } = flow;
  const step = (2 * REACH * path.prior) / (n - 1);
  return Array.from({ length: n }, (_, i) => {
    const start = i * step - REACH * path.prior;
    const { x, integral } = odePathWithDivergence(flow, [start], [path.start, to])[1];
    const log = priorLogDensity(path, [start]);
    return { start, x: x[0], density: Math.exp(log - integral), share: step * Math.exp(log) };
  });
}

/** By the trapezoid rule over the starts: exact to many digits where ends follow starts smoothly, with no empty stretch between. */
export function endMoments(ends: readonly LineEnd[]): { mean: number; variance: number } {
  const expectation = (f: (x: number) => number) =>
    ends.reduce((sum, { x, share }) => sum + share * f(x), 0);
  const mean = expectation((x) => x);
  return { mean, variance: expectation((x) => (x - mean) ** 2) };
}
// #endregion

// #region pointShares
/** Of data that are points: the share of all starts whose end, at time `to`, is nearest to each of them, in their order. */
export function pointShares(
  flow: OdePathOptions,
  points: readonly number[],
  to: number,
): Float64Array {
  const { start, prior } = flow.path;
  const end = (z: number) => odePath(flow, [z * prior], [start, to])[1][0];
  const order = [...points.keys()].sort((i, j) => points[i] - points[j]);
  const shares = new Float64Array(points.length);
  let before = 0;
  order.forEach((index, k) => {
    const next = order[k + 1];
    const middle = next === undefined ? 0 : (points[index] + points[next]) / 2;
    // The start that the watershed is reached from; at ±REACH if none is.
    const upTo = next === undefined ? 1 : normalCdf(bisect((z) => end(z) - middle, -REACH, REACH));
    shares[index] = upTo - before;
    before = upTo;
  });
  return shares;
}
// #endregion
