/**
 * The same straight line in the clocks of published codes. Each one's network answers dx/dτ by its own clock τ: where that runs
 * from noise to data the answer has the other sign. Read in the code at the commits named.
 */

export interface FlowCode {
  readonly name: string;
  /** Where its τ has the data: 0 or 1; the noise is at the other end. */
  readonly data: 0 | 1;
  /** What the network is told is this many times τ. */
  readonly told: number;
}

export const FLOW_CODES = {
  /** Here, and in Lipman et al. with t turned round. */
  book: { name: 'this book', data: 0, told: 1 },
  /** atong01/conditional-flow-matching, torchcfm/conditional_flow_matching.py, 014ce47: x0 is the noise, x1 the data. */
  torchcfm: { name: 'torchcfm', data: 1, told: 1 },
  /** gnobitab/RectifiedFlow, ImageGeneration/losses.py, 13e3a30: the model is called with t·999. */
  rectifiedFlow: { name: 'RectifiedFlow', data: 1, told: 999 },
  /** huggingface/diffusers, scheduling_flow_match_euler_discrete.py, 03186e1: τ is called sigma, and timestep = 1000·sigma. */
  diffusers: { name: 'diffusers (SD3)', data: 0, told: 1000 },
  /** Physical-Intelligence/openpi, models/pi0.py, 6d5d119: against its own paper, as a comment says. */
  openpi: { name: 'openpi (π₀)', data: 0, told: 1 },
} as const satisfies Record<string, FlowCode>;

export type FlowCodeName = keyof typeof FLOW_CODES;

// #region inCode
/** Time t and velocity ε − x_0 of this book, as a code has them: its τ, what its network is told, and dτ/dt = ±1. */
export function inCode({ data, told }: FlowCode, t: number) {
  const clock = data === 0 ? t : 1 - t;
  return { clock, told: told * clock, sign: data === 0 ? 1 : -1 };
}
// #endregion
