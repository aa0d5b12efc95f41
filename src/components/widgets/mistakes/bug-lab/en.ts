import { inEnglish } from '../../../language/inEnglish.ts';
import BugLab from './BugLab.tsx';
import { en } from './words.ts';

export default inEnglish(BugLab, en);
