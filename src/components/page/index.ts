/** What every page does for its reader, beside its text. */
import { followTranslation } from './followTranslation.ts';

followTranslation();
