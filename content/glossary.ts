/** Words of the book, in one sentence each, with the chapter that explains them. Shared by both languages. */
import { fewStepsTerms } from './glossary/fewSteps.ts';
import { forwardTerms } from './glossary/forward.ts';
import { learnedWidthTerms } from './glossary/learnedWidth.ts';
import { modelTerms } from './glossary/model.ts';
import { referenceTerms } from './glossary/reference.ts';
import { reverseTerms } from './glossary/reverse.ts';
import { scoreTerms } from './glossary/scores.ts';
import { straightPathTerms } from './glossary/straightPaths.ts';
import type { Term } from './glossary/term.ts';

export type { Term } from './glossary/term.ts';

export const glossary: Term[] = [
  ...forwardTerms,
  ...modelTerms,
  ...reverseTerms,
  ...scoreTerms,
  ...fewStepsTerms,
  ...straightPathTerms,
  ...learnedWidthTerms,
  ...referenceTerms,
];
