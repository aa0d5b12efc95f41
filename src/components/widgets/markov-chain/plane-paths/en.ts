import { inEnglish } from '../../../language/inEnglish.ts';
import PlanePaths from './PlanePaths.tsx';
import { en } from './words.ts';

export default inEnglish(PlanePaths, en);
