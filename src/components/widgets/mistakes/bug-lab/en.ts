import { inEnglish } from '../../../language/inEnglish.ts';
import BugLab from './BugLab.tsx';

export default inEnglish(BugLab);
