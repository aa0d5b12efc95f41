import { inEnglish } from '../../../language/inEnglish.ts';
import SameMarginals from './SameMarginals.tsx';
import { en } from './words.ts';

export default inEnglish(SameMarginals, en);
