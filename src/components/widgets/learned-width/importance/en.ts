import { inEnglish } from '../../../language/inEnglish.ts';
import TimeImportance from './TimeImportance.tsx';
import { en } from './words.ts';

export default inEnglish(TimeImportance, en);
