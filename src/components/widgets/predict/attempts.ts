/** A question has two tries: after the first wrong answer a hint, after the second the right one. */

/** How a question ended: right at once, right after the hint, wrong twice, or looked up. */
export type Outcome = 'first' | 'second' | 'wrong' | 'shown';

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
