/** A question has two tries: after the first wrong answer a hint, after the second the right one. */

/** How a question ended: right at once, right after the hint, wrong twice, or looked up. */
const OUTCOMES = ['first', 'second', 'wrong', 'shown'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Of what a browser has kept, which may be anything. */
export const isOutcome = (kept: unknown): kept is Outcome => OUTCOMES.includes(kept as Outcome);

export interface Attempts {
  /** Wrong answers so far, none twice. */
  wrong: readonly number[];
  outcome: Outcome | null;
}

export const UNTRIED: Attempts = { wrong: [], outcome: null };

/** After `value` was checked. The same wrong answer given again is no second try. */
export function checked(state: Attempts, value: number, right: boolean): Attempts {
  if (state.outcome) return state;
  if (right) return { ...state, outcome: state.wrong.length === 0 ? 'first' : 'second' };
  if (state.wrong.includes(value)) return state;
  const wrong = [...state.wrong, value];
  return { wrong, outcome: wrong.length < 2 ? null : 'wrong' };
}
