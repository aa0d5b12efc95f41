/** One answer about one noisy number on the straight path, under all its names. */
import { chainPath } from '../../math/process/chain.ts';
import { edm } from '../../math/process/edm.ts';
import { FLOW_CODES, type FlowCodeName, inCode } from '../../math/process/flowCodes.ts';
import { conversion, type Target } from '../../math/process/parameterization.ts';
import { matchingTime, type Process } from '../../math/process/process.ts';
import { makeSchedule } from '../../math/process/schedule.ts';
import { straight } from '../../math/process/straight.ts';

const PATH = straight();
/** The chain that the same network is asked on. */
export const CHAIN = makeSchedule('cosine', 1000);
const EDM = edm();

export const HELD = ['x0', 'epsilon', 'flowVelocity'] as const;
export type Held = (typeof HELD)[number];

export interface FlowAnswers {
  /** Of the line through x_t: its value at t = 0, at t = 1, its slope. */
  x0: number;
  epsilon: number;
  flowVelocity: number;
  score: number;
  /** Where the chain is as noisy: its time, what it sees, and its v and score there. */
  chain: { t: number; x: number; v: number; score: number };
  /** The same of EDM's path, whose time is σ. */
  edm: { sigma: number; x: number };
  codes: Record<FlowCodeName, { clock: number; told: number; answer: number }>;
}

/** @param t above 0 and below 1 */
export function flowAnswers(held: Held, value: number, xt: number, t: number): FlowAnswers {
  const as = (to: Target) => {
    const k = conversion(held, to, t, PATH);
    return k.xt * xt + k.prediction * value;
  };
  const on = (process: Process) => {
    const match = matchingTime(PATH, t, process);
    return { t: match.t, x: match.scale * xt };
  };
  const [chain, karras] = [on(CHAIN), on(EDM)];
  const velocity = as('flowVelocity');
  return {
    x0: as('x0'),
    epsilon: as('epsilon'),
    flowVelocity: velocity,
    score: as('score'),
    chain: { ...chain, v: vOn(chain, as('epsilon')), score: -as('epsilon') / noiseOf(chain.t) },
    edm: { sigma: karras.t, x: karras.x },
    codes: Object.fromEntries(
      Object.entries(FLOW_CODES).map(([name, code]) => {
        const { clock, told, sign } = inCode(code, t);
        return [name, { clock, told, answer: sign * velocity }];
      }),
    ) as FlowAnswers['codes'],
  };
}

const PATH_OF_CHAIN = chainPath(CHAIN);
const noiseOf = (t: number) => PATH_OF_CHAIN.at(t).noise;

/** x_t and ε̂ are the chain's own there: v follows by its conversion. */
function vOn({ t, x }: { t: number; x: number }, epsilon: number): number {
  const k = conversion('epsilon', 'v', t, PATH_OF_CHAIN);
  return k.xt * x + k.prediction * epsilon;
}
