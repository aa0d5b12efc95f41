import { inEnglish } from '../../../language/inEnglish.ts';
import PlaneSamplers from './PlaneSamplers.tsx';
import { en } from './words.ts';

export default inEnglish(PlaneSamplers, en);
