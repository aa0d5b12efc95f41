import { inEnglish } from '../../../language/inEnglish.ts';
import LearnedVsExact from './LearnedVsExact.tsx';
import { en } from './words.ts';

export default inEnglish(LearnedVsExact, en);
