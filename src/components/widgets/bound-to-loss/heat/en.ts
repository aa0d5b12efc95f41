import { inEnglish } from '../../../language/inEnglish.ts';
import LossHeat from './LossHeat.tsx';
import { en } from './words.ts';

export default inEnglish(LossHeat, en);
