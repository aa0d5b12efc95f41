import { inEnglish } from '../../../language/inEnglish.ts';
import NoiseBudget from './NoiseBudget.tsx';

export default inEnglish(NoiseBudget);
