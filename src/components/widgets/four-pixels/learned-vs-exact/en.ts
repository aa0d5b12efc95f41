import { inEnglish } from '../../../language/inEnglish.ts';
import LearnedVsExact from './LearnedVsExact.tsx';

export default inEnglish(LearnedVsExact);
