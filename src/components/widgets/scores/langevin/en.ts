import { inEnglish } from '../../../language/inEnglish.ts';
import Langevin from './Langevin.tsx';
import { en } from './words.ts';

export default inEnglish(Langevin, en);
