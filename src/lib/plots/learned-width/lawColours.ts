/** How the three laws of t look, in plots and beside them. */
import { colours } from '../common/colours.ts';
import type { LawName } from './importance.ts';

export const LAW_COLOURS: Record<LawName, string> = {
  uniform: colours.noise,
  importance: colours.exact,
  history: colours.p,
};
export const LAW_DASHES: Record<LawName, string | undefined> = {
  uniform: '2 3',
  importance: undefined,
  history: '7 3',
};
