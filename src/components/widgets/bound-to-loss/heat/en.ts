import { inEnglish } from '../../../language/inEnglish.ts';
import LossHeat from './LossHeat.tsx';

export default inEnglish(LossHeat);
