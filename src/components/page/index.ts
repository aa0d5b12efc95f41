/** What every page does for its reader, beside its text. */
import { copyFormulasAsTex } from './copyFormulas.ts';
import { followTranslation } from './followTranslation.ts';
import { keepPlace } from './keepPlace.ts';

copyFormulasAsTex();
followTranslation();
keepPlace();
