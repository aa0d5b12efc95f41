import { inEnglish } from '../../../language/inEnglish.ts';
import VarianceMistake from './VarianceMistake.tsx';
import { en } from './words.ts';

export default inEnglish(VarianceMistake, en);
