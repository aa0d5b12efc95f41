import { inEnglish } from '../../../language/inEnglish.ts';
import PlaneScore from './PlaneScore.tsx';
import { en } from './words.ts';

export default inEnglish(PlaneScore, en);
