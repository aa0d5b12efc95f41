import { inEnglish } from '../../../language/inEnglish.ts';
import WeightCurve from './WeightCurve.tsx';

export default inEnglish(WeightCurve);
