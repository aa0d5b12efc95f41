import { inEnglish } from '../../../language/inEnglish.ts';
import WeightCurve from './WeightCurve.tsx';
import { en } from './words.ts';

export default inEnglish(WeightCurve, en);
