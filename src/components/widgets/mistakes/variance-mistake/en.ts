import { inEnglish } from '../../../language/inEnglish.ts';
import VarianceMistake from './VarianceMistake.tsx';

export default inEnglish(VarianceMistake);
