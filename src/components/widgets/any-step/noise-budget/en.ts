import { inEnglish } from '../../../language/inEnglish.ts';
import NoiseBudget from './NoiseBudget.tsx';
import { en } from './words.ts';

export default inEnglish(NoiseBudget, en);
