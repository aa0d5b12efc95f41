/** Links into the bug lab: the first round that hides a given mistake. */
import { mysteryOf } from '../../src/components/widgets/mistakes/bug-lab/bugLab.ts';
import type { BugName } from '../../src/lib/math/mistakes/bugs.ts';

/** From any chapter. */
export function bugLink(bug: BugName): string {
  for (let round = 1; ; round++)
    if (mysteryOf(round) === bug) return `../mistakes/?bug.round=${round}#bug-lab`;
}
