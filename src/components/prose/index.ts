import Aside from './Aside.astro';
import Cell from './Cell.astro';
import Code from './Code.astro';
import Fold from './Fold.astro';
import Formula from './Formula.astro';
import Mistake from './Mistake.astro';
import Picture from './Picture.astro';
import Saw from './Saw.astro';
import Term from './Term.astro';
import Try from './Try.astro';

/** What every chapter may use without an import. */
export const proseComponents = {
  Aside,
  Cell,
  Code,
  Fold,
  Formula,
  Mistake,
  Picture,
  Saw,
  Term,
  Try,
};
