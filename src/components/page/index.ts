/** What every page does for its reader, beside its text. */
import { copyFormulasAsTex } from './copyFormulas.ts';
import { followTranslation } from './followTranslation.ts';

copyFormulasAsTex();
followTranslation();
